@NullMarked
package io.taxoscope.saeservice.training;

import org.jspecify.annotations.NullMarked;
