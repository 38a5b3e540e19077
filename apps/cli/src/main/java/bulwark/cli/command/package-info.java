/// One class a command, over Central's API.
@NullMarked
package bulwark.cli.command;

import org.jspecify.annotations.NullMarked;
