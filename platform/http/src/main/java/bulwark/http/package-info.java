/// HTTP for an API and its pages: routes that name their permission, problems, event streams, static files.
@NullMarked
package bulwark.http;

import org.jspecify.annotations.NullMarked;
