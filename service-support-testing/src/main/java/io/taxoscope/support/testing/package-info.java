/** What the services' tests share: one real PostgreSQL. */
@NullMarked
package io.taxoscope.support.testing;

import org.jspecify.annotations.NullMarked;
