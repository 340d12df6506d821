@NullMarked
package io.taxoscope.standalone.page;

import org.jspecify.annotations.NullMarked;
