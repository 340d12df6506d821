/** The platform from Java: every contract of the gateway, and what a program wants around them. */
@NullMarked
package io.taxoscope.sdk;

import org.jspecify.annotations.NullMarked;
