@NullMarked
package io.taxoscope.store;

import org.jspecify.annotations.NullMarked;
