@NullMarked
package io.taxoscope.standalone;

import org.jspecify.annotations.NullMarked;
