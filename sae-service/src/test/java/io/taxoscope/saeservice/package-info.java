@NullMarked
package io.taxoscope.saeservice;

import org.jspecify.annotations.NullMarked;
