package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.support.jobs.JobResourceRepository;

interface RelationRepository extends JobResourceRepository<Relation> {}
