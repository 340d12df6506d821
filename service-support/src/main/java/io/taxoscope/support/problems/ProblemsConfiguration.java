package io.taxoscope.support.problems;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import({Problems.class, ErrorPages.class, TomcatProblems.class, CutOffAnswers.class})
public class ProblemsConfiguration {}
