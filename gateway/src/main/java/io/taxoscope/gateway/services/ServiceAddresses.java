package io.taxoscope.gateway.services;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where the services answer. */
@ConfigurationProperties("taxoscope.services")
public record ServiceAddresses(URI activation, URI sae, URI taxonomy) {}
