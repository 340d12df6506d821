/** What every service shares: configuration, problems, jobs. */
@NullMarked
package io.taxoscope.support;

import org.jspecify.annotations.NullMarked;
