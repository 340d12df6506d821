-- The configuration says where weights come from, where it said only whether they are trained. A training that was under
-- way starts anew, since its checkpoint names the configuration as it stood.
update sae set config = ((config::jsonb - 'untrained') || jsonb_build_object(
    'dictionary', case when (config::jsonb ->> 'untrained')::boolean then 'INITIAL' else 'LEARNED' end))::text
 where config::jsonb ? 'untrained';

-- Steps after which the weights are kept (JSON); absent for none.
alter table sae add column snapshots text;

create table sae_snapshot (
    sae_id   text    not null references sae (id) on delete cascade,
    step     integer not null,
    weights  text    not null,
    primary key (sae_id, step)
);

-- The step of the training whose weights encode; absent for the finished ones.
alter table encoding add column snapshot integer;
