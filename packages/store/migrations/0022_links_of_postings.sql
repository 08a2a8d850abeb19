-- Customers and items were found by name in every batch, and their ids kept with the batch's names. Each posting that is in the books
-- gets its ids from there; the newest one of a customer or item makes the link. Nothing is read from the books.
--
-- Two customers on one id share it from now on, as they did, and a person confirms it.
insert into links (company_id, target, environment, account, kind, key, external_id, name, shared, to_confirm, how, made_by)
select company_id, target, environment, account, 'customer', key, external_id, name,
  count(*) over same_id > 1, count(*) over same_id > 1, 'posted', 'ledgerpost'
from (
  select distinct on (p.company_id, p.target, s.key) p.company_id, p.target, coalesce(c.environment, '') as environment,
    coalesce(c.account, '') as account, s.key, n.external_id, s.name
  from postings p
  join company_targets t on t.company_id = p.company_id and t.target = p.target and t.delivery = 'push'
  left join connections c on c.id = t.connection_id
  cross join lateral (
    select coalesce(p.facts -> 'customer', (
      select jsonb_build_object('id', d.document -> 'customer' -> 'id', 'name', d.document -> 'customer' -> 'name')
      from batch_documents d where d.batch_id = p.batch_id and d.seq = p.seq)) as customer
    offset 0
  ) f
  cross join lateral (select f.customer ->> 'id' as key, f.customer ->> 'name' as name offset 0) s
  cross join lateral (
    select external_id from batch_names
    where batch_id = p.batch_id and kind = 'customer' and name = s.name and external_id is not null
    limit 1 offset 0
  ) n
  where p.standing and p.batch_id is not null and s.key is not null
  order by p.company_id, p.target, s.key, p.id desc
) newest
window same_id as (partition by company_id, target, environment, account, external_id)
on conflict do nothing;
--> statement-breakpoint
-- An item by the name that it was posted with: the first document that says which service it is takes that link over.
create temporary table posted_items on commit drop as
select distinct on (b.company_id, b.target, n.name) b.company_id, b.target, coalesce(c.environment, '') as environment,
  coalesce(c.account, '') as account, n.name, n.external_id
from batches b
join company_targets t on t.company_id = b.company_id and t.target = b.target and t.delivery = 'push'
left join connections c on c.id = t.connection_id
join batch_names n on n.batch_id = b.id and n.kind = 'item' and n.external_id is not null
where exists (select from postings p where p.batch_id = b.id and p.standing)
order by b.company_id, b.target, n.name, b.id desc;
--> statement-breakpoint
insert into links (company_id, target, environment, account, kind, key, external_id, name, shared, how, made_by)
select company_id, target, environment, account, 'item', 'name:' || name, external_id, name, true, 'posted', 'ledgerpost'
from posted_items
union all
-- A service that still has that name keeps the link under any name that it gets later.
select i.company_id, i.target, i.environment, i.account, 'item', 'service:' || r.id, i.external_id, i.name, true, 'posted', 'ledgerpost'
from posted_items i
join records r on r.company_id = i.company_id and r.type = 'service' and r.content ->> 'name' = i.name
on conflict do nothing;
