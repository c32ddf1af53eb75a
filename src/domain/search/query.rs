//! A question in SQL.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Text, Untyped};

use super::find::{MOST_COUNTED, MOST_RANKED, MOST_READ, PAGE, Seek};
use super::windows::Windows;
use super::{Filter, Order, asked, vector};
use crate::domain::topics::Index;

/// The question of one search. As a type of its own it is parsed once a connection for each of its shapes.
pub(super) struct Query<'a> {
    strict: Option<&'a String>,
    order: Order,
    loose: String,
    title: Option<String>,
    number: Option<i64>,
    locales: Vec<&'static str>,
    codes: Vec<String>,
    windows: &'a Windows,
    /// One more than is counted in a language.
    pub(super) most: i64,
    ranked: i64,
    rows: i64,
    offset: i64,
}

impl<'a> Query<'a> {
    pub(super) fn new(seek: &Seek<'a>, topics: &Index, windows: &'a Windows) -> Self {
        let Filter { locale, kind, year, topic } = seek.filter;
        let marks = [
            kind.as_deref().map(|word| vector::own(&vector::kind(word))),
            year.map(|year| vector::own(&vector::period(&format!("{year:04}")))),
            topic.map(|id| asked::under(id, topics)),
        ];
        let marks: String = marks.into_iter().flatten().map(|mark| format!(" & {mark}")).collect();
        let locales = seek.locales.iter().filter(|of| locale.is_none_or(|only| only == **of));
        let locales: Vec<&str> = locales.map(|locale| locale.tag()).collect();
        let most = if seek.asked.strict.is_some() { MOST_READ } else { MOST_COUNTED };
        let title = seek.asked.title.as_ref().filter(|_| seek.order == Order::Best);
        Self {
            strict: seek.asked.strict.as_ref(),
            order: seek.order,
            loose: format!("{}{marks}", seek.asked.loose),
            title: title.map(|title| format!("{title}{marks}")),
            number: seek.asked.number.filter(|_| marks.is_empty()),
            codes: locales.iter().map(|tag| vector::code(tag)).collect(),
            locales,
            windows,
            most: most as i64 + 1,
            ranked: MOST_RANKED as i64,
            rows: PAGE as i64 + 1,
            offset: (seek.page * PAGE) as i64,
        }
    }

    /// Texts that fit, language by language, from the newest on.
    fn push_matching<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.push_languages(out)?;
        self.push_found(out, &self.loose, &self.windows.anywhere, &self.most)
    }

    /// Texts that have it all in the title, where more fit than are ranked: down to the first language
    /// that has enough for all the places.
    fn push_titled<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>, title: &'b String) -> QueryResult<()> {
        self.push_languages(out)?;
        out.push_sql(" join (select tier from matching group by tier having count(*) > ");
        out.push_bind_param::<BigInt, _>(&self.ranked)?;
        // Where no language has enough, `all` of none holds.
        out.push_sql(
            ") many on many.tier = l.tier and l.tier <= all (
                 select tier from exact group by tier having count(*) >= ",
        );
        out.push_bind_param::<BigInt, _>(&self.ranked)?;
        out.push_sql(")");
        self.push_found(out, title, &self.windows.in_titles, &self.ranked)
    }

    fn push_languages<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("select l.tier, l.locale as tag, l.code, c.* from unnest(");
        out.push_bind_param::<Array<Text>, _>(&self.locales)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.codes)?;
        out.push_sql(") with ordinality l (locale, code, tier)");
        Ok(())
    }

    fn push_found<'b>(
        &'b self,
        out: &mut AstPass<'_, 'b, Pg>,
        asked: &'b String,
        windows: &'b Vec<String>,
        most: &'b i64,
    ) -> QueryResult<()> {
        out.push_sql(" cross join lateral (select found.* from unnest(");
        out.push_bind_param::<Array<Text>, _>(windows)?;
        out.push_sql(
            ") w (marks) cross join lateral (
                 select d.translation_id, d.statement_id, d.number, d.issued_on, d.issued_precision
                 from search_documents d where d.words @@ replace(",
        );
        out.push_bind_param::<Text, _>(asked)?;
        out.push_sql(
            " || w.marks, '~', l.code)::tsquery and d.locale = l.locale
                 order by d.issued_on desc, d.issued_precision, d.number desc limit ",
        );
        out.push_bind_param::<BigInt, _>(most)?;
        out.push_sql(") found limit ");
        out.push_bind_param::<BigInt, _>(most)?;
        out.push_sql(") c");
        Ok(())
    }

    /// Those of them that are exactly what is meant.
    fn push_exact<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>, of: &str) -> QueryResult<()> {
        out.push_sql("select h.* from ");
        out.push_sql(of);
        out.push_sql(" h");
        if let Some(strict) = self.strict {
            // One after the other, by its key: `offset 0` keeps the planner from any other idea.
            out.push_sql(
                " cross join lateral (select from search_documents d
                  where d.translation_id = h.translation_id and d.words @@ replace(",
            );
            out.push_bind_param::<Text, _>(strict)?;
            out.push_sql(", '~', h.code)::tsquery offset 0) exact");
        }
        Ok(())
    }

    /// The best of what was found, by how well they match.
    fn push_ranked<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            ", chosen as (select * from best order by is_number desc, tier, in_title desc, issued_on desc,
                 issued_precision, number desc limit ",
        );
        out.push_bind_param::<BigInt, _>(&self.ranked)?;
        out.push_sql(
            "), ordered as (
                 select c.*, row_number() over (
                     order by is_number desc, tier, score desc, issued_on desc, issued_precision, number desc) as place
                 from chosen c cross join lateral (
                     select ts_rank('{0.05, 0.2, 0.5, 1}', d.words, replace(",
        );
        out.push_bind_param::<Text, _>(self.strict.unwrap_or(&self.loose))?;
        out.push_sql(
            ", '~', c.code)::tsquery) as score
                     from search_documents d where d.translation_id = c.translation_id offset 0) rank)",
        );
        Ok(())
    }
}

impl QueryFragment<Pg> for Query<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("with matching as materialized (");
        self.push_matching(&mut out)?;
        out.push_sql("), exact as materialized (");
        self.push_exact(&mut out, "matching")?;
        out.push_sql(")");
        if let Some(title) = &self.title {
            out.push_sql(", titled as materialized (");
            self.push_titled(&mut out, title)?;
            out.push_sql("), exactly_titled as materialized (");
            self.push_exact(&mut out, "titled")?;
            out.push_sql(")");
        }
        out.push_sql(
            ", counted as (
                 select string_agg(tag || ' ' || examined || ' ' || found, ',' order by tier) as counts from (
                     select m.tier, m.tag, count(*) as examined,
                         (select count(*) from exact e where e.tier = m.tier) as found
                     from matching m group by m.tier, m.tag) each_language
             ), best as (
                 select distinct on (statement_id) * from (
                     select *, false as in_title, false as is_number from exact",
        );
        if self.title.is_some() {
            out.push_sql(" union all select *, true, false from exactly_titled");
        }
        if let Some(number) = &self.number {
            out.push_sql(
                " union all select l.tier, l.locale, l.code, d.translation_id, d.statement_id, d.number, d.issued_on,
                      d.issued_precision, true, true
                  from search_documents d join unnest(",
            );
            out.push_bind_param::<Array<Text>, _>(&self.locales)?;
            out.push_sql(", ");
            out.push_bind_param::<Array<Text>, _>(&self.codes)?;
            out.push_sql(") with ordinality l (locale, code, tier) on l.locale = d.locale where d.number = ");
            out.push_bind_param::<BigInt, _>(number)?;
        }
        out.push_sql(") every order by statement_id, tier, is_number desc, in_title desc)");
        if self.order == Order::Best {
            self.push_ranked(&mut out)?;
        } else {
            out.push_sql(
                ", ordered as (select *, row_number() over (order by issued_on desc, issued_precision, number desc)
                       as place from best)",
            );
        }
        out.push_sql(", page as (select translation_id, place from ordered order by place limit ");
        out.push_bind_param::<BigInt, _>(&self.rows)?;
        out.push_sql(" offset ");
        out.push_bind_param::<BigInt, _>(&self.offset)?;
        out.push_sql(
            ")
             select counted.counts, d.number, d.locale, d.kind, d.issued_on, d.issued_precision, d.is_sample, d.title,
                 d.summary, d.body, d.sign_off, d.also_in
             from counted left join page on true left join lateral (
                 select d.*, (select string_agg(o.locale, ' ') from search_documents o
                              where o.statement_id = d.statement_id) as also_in
                 from search_documents d where d.translation_id = page.translation_id offset 0) d on true
             order by page.place",
        );
        Ok(())
    }
}

impl QueryId for Query<'_> {
    // Its text differs with what is asked, and says by itself what it is.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl diesel::query_builder::Query for Query<'_> {
    type SqlType = Untyped;
}
