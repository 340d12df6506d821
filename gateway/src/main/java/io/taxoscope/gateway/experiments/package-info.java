/** Experiments: checked, stored, and driven through the services stage by stage. */
@NullMarked
package io.taxoscope.gateway.experiments;

import org.jspecify.annotations.NullMarked;
