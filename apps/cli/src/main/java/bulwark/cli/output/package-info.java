/// Answers for people and for programs.
@NullMarked
package bulwark.cli.output;

import org.jspecify.annotations.NullMarked;
