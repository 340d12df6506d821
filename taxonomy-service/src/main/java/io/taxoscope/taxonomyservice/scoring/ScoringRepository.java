package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.support.jobs.JobResourceRepository;

interface ScoringRepository extends JobResourceRepository<Scoring> {}
