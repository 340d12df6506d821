package io.taxoscope.activationservice.hub;

import io.taxoscope.support.jobs.JobResourceRepository;

interface HubDownloadRepository extends JobResourceRepository<HubDownload> {}
