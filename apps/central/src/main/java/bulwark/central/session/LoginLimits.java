package bulwark.central.session;

import java.time.Duration;

/// How many sign-ins may fail within a time, by the address they come from and by the account they name, how many
/// passwords are checked side by side (each takes memory), and how long a session lasts.
record LoginLimits(int perAddress, int perAccount, Duration window, int sideBySide, Duration session) {
    static final LoginLimits USUAL = new LoginLimits(10, 30, Duration.ofMinutes(15), 2, Duration.ofHours(12));
}
