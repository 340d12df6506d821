-- An imported SAE was trained elsewhere: it has neither activations nor a configuration, but files that it was read from.
alter table sae alter column shard_set drop not null;
alter table sae alter column config drop not null;
alter table sae add column imported text;
alter table sae add constraint sae_trained_or_imported
    check ((imported is null) = (config is not null) and (imported is null) = (shard_set is not null));
