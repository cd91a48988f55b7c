using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Vocabulary;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Ratings;

/// <summary>
/// What brokers do to their ratings, as wraps of a day tell it: ABC cuts X to Sell, X started at Buy by ABC, we keep X at Neutral, 花旗将 X 评级由买进降为中立,
/// Outperform, target $480.
/// </summary>
public static class BrokerActionRules
{
    private static readonly string[] Staying =
    [
        "stay at", "stays at", "stay", "stays", "stayed at", "remain at", "remains at", "remain", "remains", "keep", "keeps", "kept", "keeping", "retain", "retains", "retained", "stick with", "sticks with", "sticking with",
        "stand by", "stands by", "hold on to", "leave", "leaves", "left", "still",
    ];

    private static readonly string[] Raising = ["raise", "raises", "raised", "lift", "lifts", "lifted", "move up", "moves up", "moved up", "up to", "bumps", "bumped"];

    private static readonly string[] Lowering = ["cut", "cuts", "lower", "lowers", "lowered", "drop", "drops", "dropped", "take down", "takes down", "down to", "slashes", "slashed"];

    private static readonly string[] Starting = ["start", "starts", "started", "starting", "launch coverage", "launches coverage", "launched coverage", "pick up coverage", "picks up coverage", "picked up", "picks up", "assume coverage", "assumes coverage", "assumed", "resumed", "resumes", "begins coverage", "begin coverage"];

    private static readonly string[] Upwards = ["上移至", "上移到", "抬升至", "抬高至", "升评至", "升评为", "连升两级至", "升到", "升至", "升为", "升成", "上调至", "上调到", "上调为", "调高至", "调高到", "调高为", "调升至", "调升到", "调升为", "上修至", "上修到", "上修为", "提升至", "提升到", "提高至", "提高到", "拉高至", "拉高到"];

    private static readonly string[] Downwards = ["下移至", "下移到", "降评至", "降评为", "改列", "连降两级至", "降到", "降至", "降为", "降成", "下调至", "下调到", "下调为", "调低至", "调低到", "调低为", "调降至", "调降到", "调降为", "下修至", "下修到", "下修为", "砍至", "砍到"];

    private static readonly string[] ToWords = ["至", "到", "为", "成", "改列", "改评", "改为", "转为", "调整为", "to", "降至", "升至", "降为", "升为", "降到", "升到", "移至", "调至", "调到", "调为"];

    private static readonly Pattern Rating = Ann<Mention>("rating", m => m.Kind == TermKind.Rating);

    private static readonly Pattern English = Ann<Mention>("rating", m => m.Kind == TermKind.Rating && m.Id is not ("rating/recommended" or "rating/watch"));

    private static readonly Pattern Quote = Opt(Lit("“", "「", "『", "\"", "‘"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        Moved("en/rating/stays", Seq(Lit(Staying), Gap(34, "。;,."), English), "maintain"),
        Moved("en/rating/raises-to", Seq(Lit(Raising), Gap(44, "。;,."), Lit("to", "up to"), Opt(Lit("a", "an")), English), "raise"),
        Moved("en/rating/cuts-to", Seq(Lit(Lowering), Gap(44, "。;,."), Lit("to", "down to"), Opt(Lit("a", "an")), English), "lower"),
        Moved("en/rating/starts-at", Seq(Lit(Starting), Gap(44, "。;,."), Lit("at", "with", "as"), Opt(Lit("a", "an")), English), "initiate"),
        Moved("zh/rating/raised-to", Seq(Lit(Upwards), Quote, Rating), "raise"),
        Moved("zh/rating/lowered-to", Seq(Lit(Downwards), Quote, Rating), "lower"),
        new("rating/from-to", Seq(Lit("由", "自", "从", "from").As("from"), Opt(Lit("原", "原先的", "原来的", "此前的", "a", "an")), Quote, Ann<Mention>("former", m => m.Kind == TermKind.Rating), Gap(18, "。;"), Lit(ToWords), Opt(Lit("a", "an")), Quote, Rating), FromTo),
        new("en/rating/to-from", Seq(Lit("to"), Opt(Lit("a", "an")), Quote, English, Opt(Lit("”", "\"", ",")), Lit("from"), Opt(Lit("a", "an")), Quote, Ann<Mention>("former", m => m.Kind == TermKind.Rating)), FromTo),
        new("rating/with-target", Seq(Rating, Lit(",", ";", "/", "|"), Opt(Lit("our", "with")), Opt(Lit("a", "an")), Alt(Ann<Mention>(null, m => m.Id == "metric/price-target"), Lit("target", "12-month target")), Opt(Lit("of", "at", ":", "为")), Ann<MoneyValue>()), (match, context) => Build(match, context, null)),
    ];

    // 自“买入”下移一档至“增持”: which way it went the two ratings say.
    private static IEnumerable<FactDraft> FromTo(PatternMatch match, SentenceContext context)
    {
        var (former, rating) = (context.Sentence.Slice(match.Get<Mention>("former")), context.Sentence.Slice(match.Get<Mention>("rating")));
        return RatingScale.Action(former, rating, context.Report.Vocabulary) is { } action && Raters.Broker(context, match.Start) is { } broker && Raters.Subject(context, match.Start, match.Get<Mention>("rating")) is { } subject
            ? [RatingTextRules.Draft(context, match.Start, Math.Max(match.Get<Mention>("rating").End, match.Get<Mention>("former").End), match.Get<Mention>("rating"), broker, subject, action)] : [];
    }

    private static Rule Moved(string id, Pattern pattern, string action) => new(id, pattern, (match, context) => Build(match, context, action));

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context, string? action)
    {
        var sentence = context.Sentence;
        var rating = match.Get<Mention>("rating");
        var isWord = sentence.Within<MoneyValue>(match.Start, rating.Start).Any() || RatingTextRules.IsFormer(sentence, rating) || !IsBare(sentence, match, rating);
        if (isWord || rating.Id is "rating/recommended" or "rating/watch" or "rating/not-rated" || Raters.Broker(context, rating.Start) is not { } broker || Raters.Subject(context, match.Start, rating) is not { } subject)
            yield break;
        yield return RatingTextRules.Draft(context, match.Start, rating.End, rating, broker, subject, action);
    }

    // keep Nvidia at Neutral; only names and links between verb and word: "remains a buy side favourite", "still hold stock" rate nothing.
    private static bool IsBare(Sentence sentence, PatternMatch match, Mention rating)
    {
        var end = rating.End;
        var follows = end < sentence.End ? sentence.Slice(end, Math.Min(sentence.End, end + 10)).TrimStart() : "";
        var isOpen = follows.Length > 0 && char.IsAsciiLetterLower(follows[0]) && !Behind.Any(word => follows.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        return !isOpen && Bridge.Weight(sentence, match.Start, rating.Start, areNamesBlank: true) <= 24 && !sentence.Contains(["from"], match.Start, rating.Start);
    }

    private static readonly string[] Behind = ["from", "at ", "on ", "for ", "and", "with", "rating", "by ", "but", "after", "ahead", "into", "as ", "while", "unchanged", "versus", "vs", "target", "we ", "in ", "following"];
}
