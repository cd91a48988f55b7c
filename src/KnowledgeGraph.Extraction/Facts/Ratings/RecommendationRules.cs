using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Vocabulary;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Ratings;

/// <summary>Shares that a house recommends by name, one fact each: 重点推荐 A、B; 建议关注：1）光模块：C、D; Top picks: E and F.</summary>
public static class RecommendationRules
{
    private static readonly string[] Joiners = ["以及", "和", "及", "与", "或", "and", "as well as", "plus", "等", "also"];

    // What a list of names may carry besides names: its own labels are cut at their colon.
    private static readonly string[] Fillers = ["标的包括", "标的为", "标的", "受益标的", "相关公司", "相关标的", "公司", "个股", "龙头", "包括", "关注", "重点", "核心", "港股", "A股", "美股", "的", "remain", "remains", "are", "is", "include", "includes", "our", "stay", "still", "names"];

    // The name is part of something else: what is recommended is its chain, its concept, its platform.
    private static readonly string[] Parts = ["产业链", "供应链", "链", "概念", "生态", "系", "的", "'s", "’s", "合作"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("rating/recommended", Seq(Ann<Mention>("cue", m => m.Kind == TermKind.Rating && m.Id is "rating/recommended" or "rating/watch"), Opt(Lit(":", "关注", ":"))), List),
        new("en/rating/prefer", Seq(Lit("we prefer", "we recommend", "we favour", "we favor", "top pick is", "top picks are", "preferred names", "our picks", "our favoured stocks are", "our favored stocks are", "our favourite names are", "our favorite names are", "our favourites are", "our favorites are", "our preferred stocks are", "our preferred names are", "our preferred plays are", "our preferred play is", "our preferred name is", "our key picks are", "our best ideas are", "our highest-conviction names are", "we like", "we would own", "we would buy", "we would be buyers of", "we continue to prefer", "we continue to recommend", "our conviction buys are").As("cue")), List),
        new("en/rating/top-pick-last", Seq(Ann<Mention>("last", m => m.Kind == EntityKind.Company), Lit("remains", "remain", "is", "are", "stays", "stay", "is still", "are still", "becomes", "is now"), Opt(Lit("one of")), Lit("our", "the desk's", "our house"), Opt(Lit("favourite", "favorite", "single")), Lit("top pick", "top picks", "preferred", "favourite", "favorite", "favoured", "favored", "key pick", "key picks", "best idea", "best ideas", "most preferred", "top choice", "first choice", "preferred exposure", "preferred play", "preferred name", "preferred stock", "highest-conviction")), PickedLast),
        new("zh/rating/picks", Seq(Lit("金股", "核心组合", "推荐组合", "模拟组合").As("cue"), Opt(Gap(14, "。;,"), Lit(":"))), List),
    ];

    private static IEnumerable<FactDraft> List(PatternMatch match, SentenceContext context)
    {
        if (Raters.Broker(context, match.Start) is not { } broker)
            yield break;
        var sentence = context.Sentence;
        foreach (var (subject, end) in Named(context, match.End))
        {
            yield return context.Draft("RatingIssued", match.Start, end, [("broker", broker), ("subject", subject)], [("rating", "recommended")]) with
            {
                Status = FactStatus.Reported,
                When = context.Report.Metadata.Date?.Text ?? context.When(match.Start, end),
                Attribution = [],
            };
        }
    }

    // SK hynix remains our top pick in memory; A and B are our preferred names: the names stand before.
    private static IEnumerable<FactDraft> PickedLast(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        if (context.Report.Publisher is not { } broker)
            yield break;
        var names = new List<Mention> { match.Get<Mention>("last") };
        while (sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Company && m.End <= names[0].Start) is { } before && sentence.Slice(before.End, names[0].Start).Trim() is "," or "and" or ", and" or "&")
            names.Insert(0, before);
        foreach (var name in names)
        {
            yield return context.Draft("RatingIssued", names[0].Start, match.End, [("broker", broker), ("subject", Participant.Of(name, sentence))], [("rating", "recommended")]) with
            {
                Status = FactStatus.Reported,
                When = context.Report.Metadata.Date?.Text,
                Attribution = [],
            };
        }
    }

    private static IEnumerable<(Participant Who, int End)> Named(SentenceContext context, int from)
    {
        var sentence = context.Sentence;
        var at = from;
        foreach (var mention in sentence.All<Mention>().Where(m => m.Start >= from && m.Kind is EntityKind.Company))
        {
            if (mention.Start < at)
                continue;
            if (!IsOfList(sentence.Slice(at, mention.Start), isFirst: at == from) || IsPart(sentence, mention))
                yield break;
            yield return (Participant.Of(mention, sentence), mention.End);
            at = mention.End;
        }
    }

    private static bool IsOfList(string between, bool isFirst)
    {
        // Behind a semicolon another thought begins, unless it is the label of the next group.
        if (!isFirst && between.Contains(';', StringComparison.Ordinal) && !between.Contains(':', StringComparison.Ordinal))
            return false;
        var text = between;
        while (text.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open && text.IndexOf(')', open) is >= 0 and var close)
            text = text[..open] + text[(close + 1)..];
        // 1）光模块：…；2）PCB：…: an item's label ends in its colon.
        if (text.LastIndexOf(':') is >= 0 and var colon)
            text = text[(colon + 1)..];
        foreach (var word in Joiners.Concat(Fillers).OrderByDescending(word => word.Length))
            text = text.Replace(word, " ", StringComparison.OrdinalIgnoreCase);
        var letters = text.Count(char.IsLetter);
        return isFirst ? letters <= 8 && !text.Contains(',', StringComparison.Ordinal) : letters == 0 && between.Any(c => !char.IsWhiteSpace(c));
    }

    private static bool IsPart(Sentence sentence, Mention mention) => Parts.Any(part => sentence.Has(part, mention.End, out _));
}
