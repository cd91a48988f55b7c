using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Listings;

/// <summary>An index takes a company in; its share becomes tradable through the connect with the mainland.</summary>
public static class InclusionRules
{
    private static readonly string[] Enter = ["纳入", "调入", "加入", "成为", "晋身", "added to", "join", "joins", "joined", "included in", "inclusion in", "to join", "enters"];

    private static readonly string[] Connect = ["港股通", "沪港通", "深港通", "互联互通", "Stock Connect"];

    private static readonly string[] Eligible = ["可进", "将进", "入通", "列入", "获入", "资格", "符合", "进入", "纳入", "调入", "eligible", "eligibility", "included", "inclusion", "join", "added"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("listing/index-inclusion", Lit(Enter).As("verb"), Include),
        new("listing/index-takes", Lit("纳入", "调入", "新增", "adds", "will add", "to add").As("verb"), Take),
        new("listing/index-leaves", Lit("调出", "剔除出", "移出", "剔除", "dropped from", "removed from", "deleted from", "dropped out of").As("verb"), Leave),
        new("listing/connect", Lit(Connect).As("venue"), IntoConnect),
        new("listing/connect-too", Seq(Lit("可能", "最快", "最早", "预计", "有望", "may", "not before", "until"), Gap(6, ",。;"), Ann<DateValue>("date")), ConnectToo),
    ];

    // A 和 B 将被纳入恒生科技指数以及恒生综合指数 · Palantir will join the Nasdaq 100
    private static IEnumerable<FactDraft> Include(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var indices = Venues.Indices(context, verb.End, Math.Min(sentence.End, verb.End + 60));
        if (indices.Count == 0 || indices[0].Start > verb.End + 8)
            return [];
        indices = [.. indices.Where(index => !Venues.IsConnect(sentence, index))];
        if (indices.Count == 0)
            return [];
        var isMember = sentence.Slice(verb) is not ("成为" or "晋身") || sentence.Contains(["成份股", "成分股"], indices[0].End, Math.Min(sentence.End, indices[^1].End + 8));
        // MSCI 将 A 纳入 …: who is taken in stands behind 将.
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        var moved = sentence.Find(["将", "把"], clause, verb.Start) is { } of ? PartyLists.Behind(context, of.End, reach: 3, limit: verb.Start).Where(IsCompany).ToList() : [];
        var companies = moved.Count > 0 ? moved : PartyLists.Companies(context, verb.Start).Where(IsCompany).ToList();
        return isMember ? Pairs(context, companies, indices, companies.Count == 0 ? verb.Start : companies[0].Start, indices[^1].End) : [];
    }

    // 恒生科技指数和恒生综合指数将纳入 A 与 B
    private static IEnumerable<FactDraft> Take(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        var indices = Venues.Indices(context, clause, verb.Start);
        var companies = PartyLists.Behind(context, verb.End, reach: 6).Where(IsCompany).ToList();
        // will add Palantir to the S&P 100
        if (companies.Count > 0 && sentence.Find(["to"], companies[^1].End, Math.Min(sentence.End, companies[^1].End + 5)) is { } to)
            indices = Venues.Indices(context, to.End, Math.Min(sentence.End, to.End + 40));
        return indices.Count == 0 || companies.Count == 0 ? [] : Pairs(context, companies, indices, indices[0].Start, companies[^1].End);
    }

    private static IEnumerable<FactDraft> Leave(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var indices = Venues.Indices(context, verb.End, Math.Min(context.Sentence.End, verb.End + 40)).Where(index => index.Start <= verb.End + 6).ToList();
        var companies = PartyLists.Companies(context, verb.Start).Where(IsCompany).ToList();
        return companies.SelectMany(company => indices.Select(index => context.Event(
            "ListingChanged", Math.Min(company.Start, verb.Start), index.End, [("company", company.Who), ("venue", index.Who)], [("kind", "delisting")])));
    }

    private static IEnumerable<FactDraft> IntoConnect(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var venue = match.Get<Span>("venue");
        var clause = PartyLists.ClauseStart(sentence, venue.Start);
        // 港股通科技指数 is an index like others.
        if (!sentence.Contains(Eligible, clause, Math.Min(sentence.End, venue.End + 12)) || Venues.Indices(context, venue.Start, Math.Min(sentence.End, venue.End + 8)).Any(index => !Venues.IsConnect(sentence, index)))
            return [];
        var companies = PartyLists.Subjects(context, venue.Start).Where(IsCompany).ToList();
        return companies.SelectMany(company => Draft(context, company, sentence.Slice(venue), "connect-eligibility", company.Start, venue.End, clause));
    }

    // MiniMax 则可能要到 8 月: the same for another company, later in the sentence.
    private static IEnumerable<FactDraft> ConnectToo(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var venue = sentence.Find(Connect, sentence.Start, match.Start);
        var clause = PartyLists.ClauseStart(sentence, match.Start);
        var stretch = sentence.Passage.Text.LastIndexOf(';', Math.Max(clause - 2, sentence.Start));
        var company = PartyLists.Subjects(context, match.Start).LastOrDefault(IsCompany);
        if (venue is null || company is null || company.Start < venue.Value.End || !sentence.Contains(Eligible, sentence.Start, sentence.End) || stretch > company.End)
            return [];
        return Draft(context, company, sentence.Slice(venue.Value.Start, venue.Value.End), "connect-eligibility", company.Start, match.End, company.Start);
    }

    private static IEnumerable<FactDraft> Pairs(SentenceContext context, IReadOnlyList<Party> companies, IReadOnlyList<Party> indices, int start, int end) =>
        from index in indices
        from company in companies
        select context.Event("ListingChanged", Math.Min(start, end - 1), end, [("company", company.Who), ("venue", index.Who)], [("kind", "index-inclusion")]);

    private static IEnumerable<FactDraft> Draft(SentenceContext context, Party company, string venue, string kind, int start, int end, int clause)
    {
        var sentence = context.Sentence;
        var draft = context.Event("ListingChanged", start, end, [("company", company.Who), ("venue", Venue(sentence, venue))], [("kind", kind)]);
        var isExpected = sentence.Contains(["最快", "最早", "有望", "可能", "预计", "may", "expected", "could"], clause, Math.Min(sentence.End, end + 4));
        var date = sentence.Within<DateValue>(clause, end).LastOrDefault();
        var status = isExpected ? FactStatus.Forecast : draft.Status;
        yield return draft with { Status = status, When = date is not null ? EventDraft.Text(context, date, status) : isExpected ? null : draft.When };
    }

    private static Participant Venue(Sentence sentence, string words) =>
        sentence.All<Mention>().FirstOrDefault(mention => mention.Kind == EntityKind.Index && sentence.Slice(mention).Contains(words, StringComparison.Ordinal)) is { } known
            ? Participant.Of(known, sentence) : Participant.Unknown(EntityKind.Index, words);

    private static bool IsCompany(Party party) => party.Who.Kind == EntityKind.Company;
}
