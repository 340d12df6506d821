package io.taxoscope.support.sources;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the service may read on behalf of its callers.
 *
 * @param allowedPaths folders below which a {@code source.path} may lie; everything by default, since a platform on
 *     one's own machine reads one's own files
 * @param allowUrls whether {@code source.url} is fetched at all
 * @param maxBytes of one upload or fetched file
 * @param maxRedirects that are followed
 * @param timeout until an address must begin to answer
 */
@Validated
@ConfigurationProperties("taxoscope.sources")
public record SourceProperties(
        @DefaultValue("/") @NotEmpty List<String> allowedPaths,
        @DefaultValue("true") boolean allowUrls,
        @DefaultValue("16GB") @NotNull DataSize maxBytes,
        @DefaultValue("5") @PositiveOrZero int maxRedirects,
        @DefaultValue("30s") @NotNull Duration timeout) {}
