/** The one place that turns failures into {@code application/problem+json}. */
@NullMarked
package io.taxoscope.support.problems;

import org.jspecify.annotations.NullMarked;
