/// Certificates: our own authority, requests, and key and trust managers that are swapped while in use.
@NullMarked
package bulwark.base.tls;

import org.jspecify.annotations.NullMarked;
