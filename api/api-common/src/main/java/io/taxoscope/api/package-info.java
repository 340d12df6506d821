/** Wire types that every contract shares: jobs, pages, sources. */
@NullMarked
package io.taxoscope.api;

import org.jspecify.annotations.NullMarked;
