/** The whole platform in one JVM: embedded PostgreSQL and the four services, each with a context and a port of its own. */
@NullMarked
package io.taxoscope.standalone;

import org.jspecify.annotations.NullMarked;
