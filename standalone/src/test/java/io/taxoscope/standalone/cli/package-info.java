@NullMarked
package io.taxoscope.standalone.cli;

import org.jspecify.annotations.NullMarked;
