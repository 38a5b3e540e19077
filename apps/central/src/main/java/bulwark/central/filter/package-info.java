/// One filter language, sort and paging for all lists of the API.
@NullMarked
package bulwark.central.filter;

import org.jspecify.annotations.NullMarked;
