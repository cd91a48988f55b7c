using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.People;

/// <summary>Who takes a post, comes or goes.</summary>
public static class PersonRules
{
    private static readonly string[] Appointed = ["出任", "担任", "就任", "接任", "升任", "兼任", "获任命为", "被任命为", "获委任为", "履新", "执掌", "转任", "改任"];

    private static readonly string[] Joined = ["加入", "加盟", "入职", "跳槽至", "跳槽到", "转投"];

    private static readonly string[] Left = ["离职", "离任", "离开", "辞职", "辞任", "辞去", "卸任", "退休", "请辞", "出走"];

    private static readonly string[] EnglishAppointed =
    [
        "is named", "was named", "has been named", "was appointed", "is appointed", "has been appointed", "becomes", "became", "will become", "to become", "takes over as", "took over as", "will take over as", "was promoted to", "steps up as",
    ];

    private static readonly string[] EnglishJoined = ["joins", "joined", "is joining", "will join", "has joined", "to join", "moves to", "moved to", "defects to"];

    private static readonly string[] EnglishLeft =
    [
        "quit", "quits", "leaves", "is leaving", "will leave", "has left", "departs", "departed", "stepped down", "steps down", "step down", "leave", "resign", "depart", "is stepping down", "resigned", "resigns", "gives up", "gave up", "exits", "retires", "left",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/person/appointed", Lit(Appointed).As("verb"), (match, context) => Move(match, context, "appointed")),
        new("zh/person/joined", Lit(Joined).As("verb"), (match, context) => Move(match, context, "joined")),
        new("zh/person/left", Lit(Left).As("verb"), (match, context) => Move(match, context, "left")),
        new("zh/person/appoints", Seq(Lit("任命", "委任", "聘请", "聘任").As("verb"), Gap(16, ",。;"), Lit("为", "出任", "担任").As("as")), Appoints),
        new("en/person/new-post", Seq(Lit("is"), Ann<Mention>("company", m => m.Kind == EntityKind.Company), Lit("'s new", "’s new", "'s", "’s").As("verb")), NewPost),
        new("en/person/appointed", Lit(EnglishAppointed).As("verb"), (match, context) => Move(match, context, "appointed")),
        new("en/person/joined", Lit(EnglishJoined).As("verb"), (match, context) => Move(match, context, "joined")),
        new("en/person/left", Lit(EnglishLeft).As("verb"), (match, context) => Move(match, context, "left")),
        new("en/person/appoints", Seq(Lit("appoints", "appointed", "names", "named", "hires", "hired", "promotes", "promoted", "poached", "poaches").As("verb"), Gap(40, "。;"), Lit("as", "to").As("as")), Appoints),
    ];

    private static IEnumerable<FactDraft> Move(PatternMatch match, SentenceContext context, string kind)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (PersonNames.Before(sentence, verb.Start) is not { } person)
            return [];
        var post = Posts.After(sentence, verb.End, kind == "appointed");
        var behind = PartyLists.Behind(context, verb.End, reach: kind == "joined" ? 6 : 20).FirstOrDefault(party => party.Who.Kind is EntityKind.Company || kind != "appointed");
        var employer = PartyNames.In(context, PartyLists.ClauseStart(sentence, person.Start), person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company);
        // To come or go without saying where from or to is no move that a reader could place.
        if ((kind == "joined" && behind is null) || (kind == "left" && !person.IsCertain && behind is null && employer is null))
            return [];
        var carried = context.CarriedCompany();
        var (from, to) = kind switch
        {
            "left" => (behind?.Who ?? employer?.Who ?? carried, null),
            "joined" => (employer?.Who, behind?.Who),
            _ => (behind is null ? Other(employer?.Who, carried) is not null ? employer?.Who : null : employer?.Who, behind?.Who ?? Other(employer?.Who, carried) ?? employer?.Who),
        };
        if (from is null && to is null && !person.IsCertain)
            return [];
        return Draft(context, person, kind, from, to, post ?? (kind == "left" ? person.Title : null), Math.Min(person.Start, verb.Start), verb.End);
    }

    private static IEnumerable<FactDraft> Appoints(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, at) = (match.Get<Span>("verb"), match.Get<Span>("as"));
        if (PersonNames.Within(sentence, verb.End, at.Start) is not { } person)
            return [];
        var company = PartyLists.Companies(context, verb.Start).LastOrDefault();
        return company is null ? [] : Draft(context, person, "appointed", null, company.Who, Posts.After(sentence, at.End, isNeeded: true), Math.Min(company.Start, verb.Start), at.End);
    }

    private static IEnumerable<FactDraft> NewPost(PatternMatch match, SentenceContext context)
    {
        var company = match.Get<Mention>("company");
        return PersonNames.Before(context.Sentence, match.Start) is { } person && Posts.After(context.Sentence, match.End, isNeeded: true) is { } post
            ? Draft(context, person, "appointed", null, Participant.Of(company, context.Sentence), post, person.Start, match.End) : [];
    }

    // The company that the text is about, where it is not the person's old one.
    private static Participant? Other(Participant? employer, Participant? carried) =>
        carried is null || (employer is not null && employer.Candidates.Intersect(carried.Candidates, StringComparer.Ordinal).Any()) ? null : carried;

    private static IEnumerable<FactDraft> Draft(SentenceContext context, PersonName person, string kind, Participant? from, Participant? to, string? title, int start, int end)
    {
        var draft = context.Event("PersonMoved", start, end, [("person", person.Who), ("from", from), ("to", to)], [("kind", kind), ("title", title)]);
        // Titles are long; the day may stand far behind them: … new EVP for Copilot, consumer and commercial combined (Tue).
        var stop = context.Sentence.Find(["."], end, context.Sentence.End)?.Start ?? context.Sentence.End;
        yield return draft.When is null ? draft with { When = context.Sentence.Within<DateValue>(end, stop).FirstOrDefault(date => EventDraft.IsDate(context.Sentence, date))?.Date.Text } : draft;
    }
}
