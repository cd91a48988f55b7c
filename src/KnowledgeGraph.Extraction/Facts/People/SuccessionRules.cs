using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.People;

/// <summary>Who makes room for whom, where the one who comes is named behind: 遗缺由…补上, hands over to….</summary>
public static class SuccessionRules
{
    private static readonly string[] Takes = ["接手", "填补", "补上", "递补", "顶上", "顶替", "替补", "补进", "主持", "任"];

    private static readonly string[] Heirs =
    [
        "接班的", "接任的", "接棒的", "继任的", "接手的", "接替他的", "接替她的", "接班者", "接任者", "继任者", "接棒者", "接班人", "继任人", "接替者", "新任CEO", "新任董事长", "新任总经理", "新任总裁", "新任执行长", "新掌门", "新帅", "新舵手",
        "总经理人选", "CEO人选", "董事长人选", "执行长人选", "总裁人选", "接任人选", "继任人选", "接班人选", "补位的",
    ];

    private static readonly string[] Handed = ["让给", "交给", "交予", "交到", "移交给", "交棒给", "交班给", "传给", "交棒", "传予", "让予", "让渡给", "hands over to", "handed over to", "hands the reins to", "handed the reins to", "hand over to", "will hand over to", "makes way for", "made way for", "gives way to", "gave way to", "passes the baton to", "passed the baton to"];

    private static readonly string[] Offices = ["office", "reins", "baton", "keys", "job", "role", "post", "seat", "chair", "brief", "remit", "title", "helm"];

    private static readonly string[] Hired = ["hired out of", "hired from", "hired away from", "poached from", "recruited from", "lured from", "lured away from", "brought in from", "who joined from", "who came from", "who arrives from", "snatched from", "prised from", "plucked from", "formerly of", "late of"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/person/filled", Seq(Lit("由", "改由", "交由", "请").As("by"), Gap(26, ",。;、"), Lit(Takes).As("verb")), Filled),
        new("zh/person/heir", Seq(Lit(Heirs).As("head"), Gap(6, ",。;"), Lit("是", "为", "系", "由", "则是", ":").As("is")), Heir),
        new("person/handed", Lit(Handed).As("verb"), HandsOver),
        new("en/person/office-to", Seq(Lit("handed", "hands", "handing", "passed", "passes", "gave", "gives", "pass", "will pass", "ceded", "cedes", "passing"), Gap(40, ".;"), Lit(Offices), Lit("to").As("verb")), OfficeTo),
        new("en/person/remit-to", Seq(Lit(Offices), Lit("passes to", "passed to", "goes to", "went to", "will go to", "falls to", "fell to", "moves to").As("verb")), OfficeTo),
        new("zh/person/whom-replaced", Seq(Lit("接替", "取代", "接棒", "顶替", "接任").As("verb"), Gap(4, ",。;"), Lit("任满的", "届满的", "退休的", "离任的", "卸任的", "离职的", "请辞的", "辞任的", "辞职的", "退任的", "荣休的", "出走的").As("left")), Replaced),
        new("zh/person/board", Seq(Lit("进入", "加入", "跻身", "获邀进入", "列席").As("verb"), Gap(8, ",。;"), Lit("董事会").As("board")), Board),
        new("en/person/will-be", Seq(Lit("'s new", "’s new", "its new", "the new", "'s next", "’s next", "its next", "the next", "our new", "'s incoming").As("new"), Gap(36, ",.;"), Lit("will be", "is", "is to be", "would be").As("is"), Ann<Name>("person", name => name.Text.Contains(' ', StringComparison.Ordinal))), WillBe),
        new("en/person/hired-from", Seq(Ann<Name>("person", name => name.Text.Contains(' ', StringComparison.Ordinal)), Opt(Lit(",")), Lit(Hired).As("verb")), HiredFrom),
        new("en/person/departure", Seq(Ann<Name>("person", name => name.Text.Contains(' ', StringComparison.Ordinal)), Lit("'s", "’s"), Opt(Lit("planned", "sudden", "abrupt", "upcoming", "surprise")), Lit("retirement", "departure", "resignation", "exit").As("verb")), Departure),
        new("en/person/said-gone", Seq(Lit("said", "says", "announced", "announces", "confirmed", "tweeted", "wrote", "posted", "told").As("said"), Gap(30, ".;"), Lit("he", "she"), Lit("had gone", "has gone", "is leaving", "was leaving", "has left", "had left", "would leave", "will leave", "had quit", "has quit", "was out", "is out", "would step down", "was stepping down", "is stepping down", "had resigned", "has resigned").As("verb")), SaidGone),
        new("en/person/out-in", Seq(Lit("Out", "In"), Lit(":").As("mark")), OutIn),
        new("en/person/not-moving", Lit("isn't going back to", "is not going back to", "isn't returning to", "is not returning to", "isn't joining", "is not joining", "won't join", "will not join", "won't be joining", "isn't leaving", "is not leaving", "isn't quitting", "has no plans to leave", "has no intention of leaving", "will not leave", "won't leave").As("verb"), NotMoving),
    ];

    // 8 月起由王铮任 CEO; 其空缺由清华的何牧之填补: from elsewhere one joins, else one is appointed.
    private static IEnumerable<FactDraft> Filled(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (by, verb) = (match.Get<Span>("by"), match.Get<Span>("verb"));
        if (PersonNames.Within(sentence, by.End, verb.Start) is not { } person)
            return [];
        var post = Posts.After(sentence, verb.End, isNeeded: true);
        var isBare = sentence.Slice(verb) is "任" or "主持" or "代理";
        if (isBare ? post is null : post is null && !sentence.Contains(["缺", "职", "位", "棒", "后", "离", "辞", "退", "卸", "休"], sentence.Start, by.Start))
            return [];
        var from = PartyNames.In(context, by.End, person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who;
        var to = PartyLists.Companies(context, by.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who;
        return to is null ? [] : PersonRules.Draft(context, person, from is null || from.Name == to.Name ? "appointed" : "joined", from, to, post ?? PersonRules.VacantPost(sentence, by.Start), by.Start, verb.End);
    }

    // 接班的是何明洲; 总经理人选是滴滴的孟醒
    private static IEnumerable<FactDraft> Heir(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (head, link) = (match.Get<Span>("head"), match.Get<Span>("is"));
        if (ComesBehind(sentence, link.End) is not { } person)
            return [];
        var from = PartyNames.In(context, link.End, person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who;
        var to = PartyLists.Companies(context, head.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who;
        return to is null && PersonRules.VacantPost(sentence, head.Start) is null ? [] : PersonRules.Draft(context, person, "appointed", from, to, PostIn(sentence, head) ?? PersonRules.VacantPost(sentence, head.Start), head.Start, person.End);
    }

    // 卢启明把总经理一职让给来自大疆的沈嘉; Marjorie Janin hands over to SAP's Lukas Brandt: one goes, one comes.
    private static IEnumerable<FactDraft> HandsOver(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (ComesBehind(sentence, verb.End) is not { } heir)
            yield break;
        var marker = sentence.Find(["把", "将"], PartyLists.ClauseStart(sentence, verb.Start), verb.Start);
        var post = marker is { } object_ ? Posts.After(sentence, object_.End, isNeeded: true) : null;
        var goer = PersonNames.Before(sentence, marker?.Start ?? verb.Start);
        post ??= goer?.Title;
        if (post is null && goer is null)
            yield break;
        foreach (var draft in Comes(context, heir, verb, post, goer?.Start ?? verb.Start))
            yield return draft;
        if (goer is not null && marker is not null && Company(context, goer.Start) is { } house)
        {
            foreach (var draft in PersonRules.Draft(context, goer, "left", house, null, post, goer.Start, verb.End))
                yield return draft;
        }
    }

    // handed the chief executive's office to Lim Wei Jie; his AI remit passes to Amar Subramanya
    private static IEnumerable<FactDraft> OfficeTo(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        return ComesBehind(context.Sentence, verb.End) is { } heir ? Comes(context, heir, new Span(match.Start, verb.End), Posts.After(context.Sentence, match.Start, isNeeded: true), verb.Start) : [];
    }

    private static IEnumerable<FactDraft> Comes(SentenceContext context, PersonName person, Span verb, string? post, int at)
    {
        var from = PartyNames.In(context, verb.End, person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who ?? HiredBehind(context, person.End);
        var to = Company(context, at);
        return to is null || to.Name == person.Who.Name ? [] : PersonRules.Draft(context, person, from is null ? "appointed" : "joined", from, to, post, verb.Start, person.End);
    }

    private static IEnumerable<FactDraft> Replaced(PatternMatch match, SentenceContext context)
    {
        var left = match.Get<Span>("left");
        return ComesBehind(context.Sentence, left.End) is { } person && Company(context, match.Start) is { } house
            ? PersonRules.Draft(context, person, "left", house, null, PersonRules.PostBefore(context.Sentence, match.Start), match.Start, person.End) : [];
    }

    // Adobe 的 Ely Greenfield 将进入对方董事会
    private static IEnumerable<FactDraft> Board(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, board) = (match.Get<Span>("verb"), match.Get<Span>("board"));
        if (PersonNames.Before(sentence, verb.Start) is not { } person)
            return [];
        var from = PartyNames.In(context, PartyLists.ClauseStart(sentence, person.Start), person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company);
        var to = PartyNames.In(context, verb.End, board.Start).LastOrDefault() ?? PartyNames.In(context, sentence.Start, person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company && (from is null || !party.IsSame(from)));
        var house = to?.Who ?? context.CarriedCompany();
        return house is null ? [] : PersonRules.Draft(context, person, "joined", from?.Who, house, "董事", person.Start, board.End);
    }

    private static IEnumerable<FactDraft> WillBe(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (mark, link) = (match.Get<Span>("new"), match.Get<Span>("is"));
        var post = Posts.After(sentence, mark.End, isNeeded: true);
        var to = PartyNames.In(context, sentence.Start, mark.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who ?? context.CarriedCompany();
        return post is null || to is null || PersonNames.Within(sentence, link.End, match.Get<Name>("person").End) is not { } person ? []
            : PersonRules.Draft(context, person, "appointed", HiredBehind(context, person.End), to, Posts.After(sentence, mark.End, isNeeded: true)?.Split(" will be")[0].Split(" is")[0], mark.Start, person.End);
    }

    private static IEnumerable<FactDraft> HiredFrom(PatternMatch match, SentenceContext context)
    {
        var (name, verb) = (match.Get<Name>("person"), match.Get<Span>("verb"));
        var from = PartyLists.Behind(context, verb.End, reach: 6).FirstOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who;
        var to = Company(context, name.Start);
        return from is null || to is null || to.Name == from.Name || PersonNames.Within(context.Sentence, name.Start, name.End) is not { } person ? []
            : PersonRules.Draft(context, person, "joined", from, to, null, name.Start, verb.End);
    }

    private static IEnumerable<FactDraft> Departure(PatternMatch match, SentenceContext context)
    {
        var (name, verb) = (match.Get<Name>("person"), match.Get<Span>("verb"));
        return PersonNames.Within(context.Sentence, name.Start, name.End) is { } person && Company(context, name.Start) is { } house
            ? PersonRules.Draft(context, person, "left", house, null, person.Title, name.Start, verb.End) : [];
    }

    private static IEnumerable<FactDraft> SaidGone(PatternMatch match, SentenceContext context)
    {
        var said = match.Get<Span>("said");
        return PersonNames.Before(context.Sentence, said.Start) is { IsCertain: true } person && Company(context, person.Start) is { } house
            ? PersonRules.Draft(context, person, "left", house, null, person.Title, person.Start, match.End) : [];
    }

    // Out: Anthropic's finance chief Dana Whitfield. In: Rob Castellano, poached from Stripe.
    private static IEnumerable<FactDraft> OutIn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        if (match.Start != sentence.Start || sentence.Within<Name>(match.End, sentence.End).FirstOrDefault(name => name.Text.Contains(' ', StringComparison.Ordinal) && name.Start < match.End + 60 && PersonNames.Within(sentence, name.Start, name.End) is not null) is not { } name)
            return [];
        var person = PersonNames.Within(sentence, match.End, name.End)!;
        var own = PartyNames.In(context, match.End, person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who;
        var isOut = sentence.Has("Out", match.Start, out _);
        return (own ?? context.CarriedCompany()) is not { } house ? []
            : PersonRules.Draft(context, person, isOut ? "left" : "joined", isOut ? house : HiredBehind(context, person.End), isOut ? null : house, Posts.Before(sentence, person.Start), match.Start, person.End);
    }

    private static IEnumerable<FactDraft> NotMoving(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (PersonNames.Before(sentence, verb.Start) is not { IsCertain: true } person)
            return [];
        var isLeft = sentence.Contains(["leaving", "leave", "quitting"], verb.Start, verb.End);
        var house = PartyLists.Behind(context, verb.End, reach: 8).FirstOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who ?? (isLeft ? Company(context, person.Start) : null);
        return house is null ? [] : PersonRules.Draft(context, person, isLeft ? "left" : "joined", isLeft ? house : null, isLeft ? null : house, person.Title, person.Start, verb.End)
            .Select(draft => draft with { Status = FactStatus.Denied });
    }

    private static Participant? Company(SentenceContext context, int at) =>
        PartyNames.In(context, context.Sentence.Start, at).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who ?? PartyLists.Carried(context, at)?.Who;

    // …, poached from Stripe; …, ex-Intel
    private static Participant? HiredBehind(SentenceContext context, int at) =>
        context.Sentence.Find([.. Hired, "ex-", "from"], at, Math.Min(context.Sentence.End, at + 24)) is { } marker ? PartyLists.Behind(context, marker.End, reach: 4).FirstOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who : null;

    // The person whose name ends the clause, what says of him aside.
    private static PersonName? ComesBehind(Sentence sentence, int from)
    {
        var end = PartyLists.ClauseEnd(sentence, from);
        var name = sentence.Within<Name>(from, end).FirstOrDefault(name => name.Start - from < 40 && name.Text.Contains(' ', StringComparison.Ordinal) && PersonNames.Within(sentence, name.Start, name.End) is not null);
        if (name is not null)
            return PersonNames.Within(sentence, name.Start, name.End);
        while (end > from && sentence.Passage.Text[end - 1] is '.' or '。' or ' ')
            end--;
        return end - from <= 24 ? PersonNames.Within(sentence, from, end) : null;
    }

    private static string? PostIn(Sentence sentence, Span head) => Posts.After(sentence, head.Start, isNeeded: true) is { } post && head.End - head.Start >= post.Length ? post : null;
}
