/// What a notifier is: how it describes itself, what it is told, what it answers.
@NullMarked
package bulwark.central.notifier.plugin;

import org.jspecify.annotations.NullMarked;
