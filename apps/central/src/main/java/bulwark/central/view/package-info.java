/// What several of the API's answers show alike.
@NullMarked
package bulwark.central.view;

import org.jspecify.annotations.NullMarked;
