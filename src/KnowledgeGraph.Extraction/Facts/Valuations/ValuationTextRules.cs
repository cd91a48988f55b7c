using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Funding;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Facts.Ratings;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Valuations;

/// <summary>What something is worth, in running text: market caps, valuations, multiples and percentiles of indices, price targets.</summary>
public static class ValuationTextRules
{
    private static readonly Pattern Worth = Ann<Mention>("metric", m => m.Id is "metric/market-cap" or "metric/valuation");

    private static readonly Pattern Target = Ann<Mention>("metric", m => m.Id == "metric/price-target");

    private static readonly Pattern Multiple = Alt(Ann<MultipleValue>("figure"), Ann<NumberValue>("figure"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("valuation/worth", Seq(Worth, Gap(28, "。;"), Ann<MoneyValue>("figure")), (match, context) => WorthOf(match, context, isPlain: true)),
        new("valuation/worth-last", Seq(Ann<MoneyValue>("figure"), Opt(Lit("的", "in")), Gap(4, "。;,、"), Worth), (match, context) => WorthOf(match, context, isPlain: false)),
        new("valuation/pe-ttm", Seq(Ann<Mention>("metric", m => m.Id == "metric/pe-ttm"), Gap(10, "。;"), Multiple), OfIndex),
        new("valuation/percentile", Seq(Ann<PercentValue>("figure", p => !p.IsPoints), Opt(Lit("的", "历史", "估值")), Ann<Mention>("metric", m => m.Id == "metric/percentile")), OfIndex),
        new("valuation/percentile-last", Seq(Ann<Mention>("metric", m => m.Id == "metric/percentile"), Gap(6, "。;,"), Ann<PercentValue>("figure", p => !p.IsPoints)), OfIndex),
        new("valuation/price-target", Seq(Target, Gap(30, "。;"), Ann<MoneyValue>("figure")), PriceTarget),
        new("en/valuation/bracketed-target", Seq(Ann<Mention>("company", m => m.Kind == EntityKind.Company), Lit("("), Ann<Mention>("rating", m => m.Kind == "rating"), Lit(","), Lit("target", "target of"), Ann<MoneyValue>("figure")), Bracketed),
        new("zh/valuation/gives", Seq(Ann<Mention>("metric", m => m.Kind == "rating"), Opt(Lit("」", "”", "』")), Opt(Lit("评级", "评等")), Opt(Lit(",")), Lit("给", "给予", "喊", "喊到", "上看", "看至"), Ann<MoneyValue>("figure", IsByShare)), PriceTarget),
        new("valuation/price-target-last", Seq(Ann<MoneyValue>("figure"), Opt(Lit("12-month", "的")), Target), PriceTarget),
        new("en/valuation/target", Seq(Lit("target").As("metric"), Opt(Lit("price", "is", "of", "at", "to", "up to", "down to", "stays at", "remains", "goes to", "goes up to", "goes down to", "moves to", "moves up to", "moves down to", "rises to", "climbs to", "increases to", "falls to", "drops to", "comes down to", "slips to", "edges up to", "is now", "is raised to", "is cut to", "is lifted to", "is trimmed to", "is lowered to", "unchanged at", "is unchanged at", "held at", "is", ":")), Opt(Lit("still", "now")), Ann<MoneyValue>("figure", IsByShare)), PriceTarget),
        new("en/valuation/target-last", Seq(Ann<MoneyValue>("figure", IsByShare), Opt(Lit("12-month", "one-year", "year-end")), Lit("target").As("metric")), PriceTarget),
    ];

    // A share costs thousands at most, and is rated or priced in the same breath; a target for revenue is another thing.
    private static bool IsByShare(MoneyValue money) => money.Amount is > 0 and < 20_000;

    private static IEnumerable<FactDraft> WorthOf(PatternMatch match, SentenceContext context, bool isPlain)
    {
        var sentence = context.Sentence;
        var (metric, money) = (match.Get<Mention>("metric"), match.Get<MoneyValue>("figure"));
        // Beside the investors of a round the nearest name is one of them; the round has the valuation.
        var isOfRound = sentence.Slice(metric) is ['投', ..] && sentence.Contains(["领投", "跟投", "参投", "投资方", "led by", "co-led"], sentence.Start, sentence.End);
        var isOther = isOfRound || sentence.All<Previous>().Any(p => FigureSurroundings.Covers(p, money)) || (isPlain ? !Bridge.IsPlain(sentence, metric.End, money.Start) : Bridge.Weight(sentence, money.End, metric.Start) > 0) || IsMove(sentence, metric, money) || FundingRules.Uses(context, money);
        if (isOther || Owner(context, metric, money) is not { } subject)
            yield break;
        // 市值由 6780 亿美元直抵 9220 亿美元: what it became.
        if (isPlain && sentence.Slice(Math.Max(metric.End, money.Start - 6), money.Start).Trim() is var lead && (lead.EndsWith('由') || lead.EndsWith('从') || lead.EndsWith("from", StringComparison.Ordinal)))
        {
            if (sentence.All<MoneyValue>().FirstOrDefault(m => m.Start >= money.End && m.Start - money.End <= 12 && m.Currency == money.Currency) is not { } now)
                yield break;
            money = now;
        }

        var name = Terms.Metric(metric);
        yield return context.Draft("ValuationReported", match.Start, Math.Max(match.End, money.End), [("subject", subject), ("by", Valuer(context, match.Start))],
            [("metric", name), ("value", money.Amount), ("high", Figure.Node(money.High)), ("currency", money.Currency), ("bound", money.Bound.Word())]) with
        {
            Status = context.Status(Clause(sentence, match.Start), match.End, isFigure: true),
            Consumes = [context.Source(money)],
        };
    }

    // A plan told in the clause before (拟主板上市) makes no forecast of a valuation.
    private static int Clause(Sentence sentence, int at)
    {
        var comma = at == sentence.Start ? -1 : sentence.Passage.Text.LastIndexOfAny([',', ';', '。'], at - 1, at - sentence.Start);
        return Math.Max(sentence.Start, comma + 1);
    }

    // 市值蒸发 3000 亿美元: what it lost or gained is not what it is worth.
    private static bool IsMove(Sentence sentence, Mention metric, MoneyValue money) =>
        sentence.Contains(["蒸发", "缩水", "减少", "增加了", "损失", "抹去", "lost", "wiped", "erased", "added", "shed"], Math.Max(sentence.Start, Math.Min(metric.Start, money.Start) - 8), Math.Max(metric.End, money.Start));

    // 给予昆仑芯 133 亿美元估值, DeepSeek valued at $45bn, a valuation of $2bn for X
    private static Participant? Owner(SentenceContext context, Mention metric, MoneyValue money) => FigureSubject.Of(context, Math.Min(metric.Start, money.Start), isOfCompany: true);

    private static Participant? Valuer(SentenceContext context, int at) =>
        context.Sentence.All<Mention>().LastOrDefault(m => m.End <= at && Raters.IsBroker(m) && !context.Report.Vocabulary.Entry(m.Id).IsMedia) is { } mention && context.Sentence.Contains(["给予", "估值", "values", "sees"], mention.End, context.Sentence.End)
            ? Participant.Of(mention, context.Sentence) : null;

    private static IEnumerable<FactDraft> OfIndex(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var figure = Figure.Of(match.Find<Annotation>("figure"))!;
        var index = Sector(context, match.Start) ?? Index(context, match.Start);
        if (index is null || (!figure.IsPercent && !figure.IsFree(sentence)))
            yield break;
        var metric = match.Find<Mention>("metric");
        yield return context.Draft("ValuationReported", match.Start, match.End, [("subject", index)],
            [("metric", metric is null ? "percentile" : Terms.Metric(metric)), ("value", figure.Amount), ("period", context.When(match.Start, match.End))]) with
        {
            Status = FactStatus.Reported,
            Consumes = [context.Source(figure.Span)],
        };
    }

    // 电子板块PE-TTM: a sector by its name, in this clause or the one before.
    private static Participant? Sector(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        if (sentence.Find(["板块", "行业"], Math.Max(sentence.Start, at - 24), at) is not { } noun || sentence.All<Mention>().Any(m => m.Kind == EntityKind.Index && m.Start <= noun.End && m.End >= noun.Start - 1 || m.Kind is EntityKind.Index or EntityKind.Company && m.Start >= noun.End && m.End <= at))
            return null;
        var start = noun.Start;
        while (start > sentence.Start && noun.Start - start < 5 && sentence.Passage.Text[start - 1] is >= '\u4e00' and <= '\u9fff')
            start--;
        var name = sentence.Slice(start, noun.Start);
        return name.Length >= 2 && sentence.Start == start | !char.IsLetter(sentence.Passage.Text[Math.Max(sentence.Start, start - 1)]) ? Participant.Unknown(EntityKind.Sector, name) : null;
    }

    // The index or sector that the sentence, else the text before it, went on about; 板块 alone points back.
    private static Participant? Index(SentenceContext context, int at)
    {
        for (var (here, limit) = (context, at); here is not null; (here, limit) = (here.Previous, int.MaxValue))
        {
            if (here.Sentence.All<Mention>().LastOrDefault(m => m.End <= limit && m.Kind is EntityKind.Index or EntityKind.Company && IsMeant(here, m)) is { } mention)
                return Participant.Of(mention, here.Sentence);
        }

        return null;
    }

    private static bool IsMeant(SentenceContext context, Mention mention) =>
        !context.IsOblique(mention) && !context.Sentence.Contains(["领先", "跑赢", "跑输", "相对", "落后"], Math.Max(context.Sentence.Start, mention.Start - 3), mention.Start);

    private static IEnumerable<FactDraft> PriceTarget(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (metric, money) = (match.Find<Annotation>("metric")!, match.Get<MoneyValue>("figure"));
        // The word alone needs a rating, the house or a broker beside it.
        var isLoose = metric is Span && (money.Per is not null || !IsRatedHere(context) || sentence.All<Mention>().Any(m => m.Kind == "metric" && m.Id is not ("metric/price-target" or "metric/eps" or "metric/adjusted-eps" or "metric/pe") && m.Start <= money.End + 30));
        var isOther = isLoose || sentence.All<Previous>().Any(p => FigureSurroundings.Covers(p, money)) || sentence.Within<Mention>(metric.End, money.Start).Any(m => m.Kind == "metric");
        if (isOther || Raters.Broker(context, money.Start) is not { } broker || Rated(context, metric.Start) is not { } subject)
            yield break;
        yield return context.Draft("ValuationReported", match.Start, match.End, [("subject", subject), ("by", broker)],
            [("metric", "price-target"), ("value", money.Amount), ("high", Figure.Node(money.High)), ("currency", Currency(context, money, subject)), ("bound", sentence.Contains(["up to"], metric.End, money.Start) ? null : money.Bound.Word())]) with
        {
            Status = FactStatus.Forecast,
            When = context.When(match.Start, match.End) ?? context.Report.Metadata.Date?.Text,
            Consumes = [context.Source(money)],
        };
    }

    private static IEnumerable<FactDraft> Bracketed(PatternMatch match, SentenceContext context)
    {
        var money = match.Get<MoneyValue>("figure");
        var subject = Participant.Of(match.Get<Mention>("company"), context.Sentence);
        yield return context.Draft("ValuationReported", match.Start, match.End, [("subject", subject), ("by", context.Report.Publisher)],
            [("metric", "price-target"), ("value", money.Amount), ("currency", Currency(context, money, subject))]) with
        {
            Status = FactStatus.Forecast,
            When = context.Report.Metadata.Date?.Text,
            Consumes = [context.Source(money)],
        };
    }

    private static bool IsRatedHere(SentenceContext context) =>
        context.Sentence.All<Mention>().Any(m => m.Kind is "rating" or "rating-action" || Raters.IsBroker(m)) || context.Sentence.Contains(["our", "we", "new target", "target moves", "target goes", "target unchanged", "target rises", "target falls"], context.Sentence.Start, context.Sentence.End);

    private static Participant? Rated(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var before = sentence.All<Mention>().LastOrDefault(m => m.Kind is EntityKind.Company && m.End <= at && !Raters.IsBroker(m));
        return before is not null ? Participant.Of(before, sentence) : context.CarriedCompany();
    }

    // A bare 元 or $ of a share listed elsewhere stays what the text says; a number without any is in the share's own currency.
    private static string Currency(SentenceContext context, MoneyValue money, Participant subject) =>
        money.CurrencyStated || subject.Candidates.Count == 0 ? money.Currency : context.Report.Vocabulary.Entry(subject.Candidates[0]).PriceCurrency() ?? money.Currency;
}
