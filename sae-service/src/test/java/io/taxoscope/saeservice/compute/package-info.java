@NullMarked
package io.taxoscope.saeservice.compute;

import org.jspecify.annotations.NullMarked;
