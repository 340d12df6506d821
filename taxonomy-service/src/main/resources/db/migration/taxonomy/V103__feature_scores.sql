-- Every score of a latent by its name, its best synset by each criterion, and its entropy at each depth.
-- What was scored before lacks most of them, so it is to be scored again.
delete from feature;
delete from scoring_class;
update job
   set state = 'FAILED',
       error_code = 'SCORED_BEFORE_UPGRADE',
       error_detail = 'scored by a version that knew fewer scores: retry it'
 where id in (select id from scoring where report is not null);
update scoring set report = null;

alter table feature
    drop column best_height,
    drop column best_classes,
    drop column best_precision,
    drop column best_recall,
    drop column best_f1,
    drop column best_lift,
    drop column class_entropy,
    add column scores          jsonb              not null,
    add column best_by         jsonb              not null,
    add column entropy_profile double precision[] not null;
