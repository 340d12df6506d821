package io.taxoscope.support;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param root the store's folder, shared by the services */
@ConfigurationProperties("taxoscope.store")
record StoreProperties(@Nullable Path root) {}
