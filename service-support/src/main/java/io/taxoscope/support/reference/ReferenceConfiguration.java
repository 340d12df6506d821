package io.taxoscope.support.reference;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(ContractOperations.class)
public class ReferenceConfiguration {}
