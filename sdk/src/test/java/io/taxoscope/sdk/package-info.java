@NullMarked
package io.taxoscope.sdk;

import org.jspecify.annotations.NullMarked;
