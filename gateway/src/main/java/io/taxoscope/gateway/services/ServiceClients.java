package io.taxoscope.gateway.services;

import io.taxoscope.api.activation.DatasetApi;
import io.taxoscope.api.activation.ExtractionApi;
import io.taxoscope.api.activation.ImageActivationApi;
import io.taxoscope.api.activation.ModelApi;
import io.taxoscope.api.sae.EncodingApi;
import io.taxoscope.api.sae.SaeApi;
import io.taxoscope.api.sae.SaeExchangeApi;
import io.taxoscope.api.taxonomy.ComparisonApi;
import io.taxoscope.api.taxonomy.LabelApi;
import io.taxoscope.api.taxonomy.RelationApi;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.api.taxonomy.SynsetApi;
import io.taxoscope.api.taxonomy.TaxonomyApi;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceAddresses.class)
@ImportHttpServices(
        group = "activation",
        types = {ModelApi.class, DatasetApi.class, ExtractionApi.class, ImageActivationApi.class})
@ImportHttpServices(
        group = "sae",
        types = {SaeApi.class, SaeExchangeApi.class, EncodingApi.class})
@ImportHttpServices(
        group = "taxonomy",
        types = {
            LabelApi.class,
            ScoringApi.class,
            RelationApi.class,
            ComparisonApi.class,
            SynsetApi.class,
            TaxonomyApi.class
        })
class ServiceClients {}
