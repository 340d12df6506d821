@NullMarked
package io.taxoscope.common;

import org.jspecify.annotations.NullMarked;
