package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.support.jobs.JobResourceRepository;

interface ComparisonRepository extends JobResourceRepository<Comparison> {}
