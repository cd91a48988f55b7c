using System.Globalization;
using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>What a market is worth, what an industry spends, and how fast it is expected to grow.</summary>
public static partial class IndustryRules
{
    private static readonly string[] Everywhere = ["全球", "世界", "整体", "worldwide", "global", "total", "world"];

    private static readonly string[] House = ["我们", "本行", "我行", "我司", "we", "our"];

    private static readonly string[] Expecting = ["预计", "预测", "预期", "估计", "预估", "有望", "料", "expected", "forecast", "projected", "estimated", "set to", "likely"];

    private static readonly Pattern Metric = Ann<Mention>("metric", m => m.Id is "metric/market-size" or "metric/industry-spend");

    private static readonly Pattern Rate = Ann<PercentValue>("rate", p => !p.IsPoints);

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("forecast/industry-figure", Seq(Metric, Gap(40, "。;"), Ann<MoneyValue>("figure")), (match, context) => Sized(match, context, isPlain: true)),
        new("forecast/industry-figure-last", Seq(Ann<MoneyValue>("figure"), Opt(Lit("的", "of", "in")), Gap(4, "。;,、"), Metric), (match, context) => Sized(match, context, isPlain: false)),
        new("forecast/group-spend", Seq(Ann<Mention>("metric", m => m.Id == "metric/capex"), Gap(40, "。;"), Ann<MoneyValue>("figure")), GroupSpend),
        new("en/forecast/market-to-reach", Seq(Lit("market", "industry").As("noun"), Gap(20, "。;"), Lit("reach", "hit", "be worth", "grow to", "total", "exceed", "top"), Gap(8, "。;,"), Ann<MoneyValue>("figure")), MarketToReach),
        new("en/forecast/sizes-market", Seq(Lit("sizes", "now sizes", "sized", "sizing", "pegs", "values").As("verb"), Opt(Lit("the", "its")), Gap(44, "。;,").As("market"), Lit("at"), Opt(Lit("about", "around", "roughly", "some", "more than", "over")), Ann<MoneyValue>("figure", m => m.Amount >= 100_000_000m), Opt(Lit("in", "by", "for")), Ann<PeriodValue>("period")), SizesMarket),
        new("forecast/industry-period", Seq(Ann<PeriodValue>("period"), Gap(14, "。;()"), Ann<MoneyValue>("figure")), OfPeriod),
        new("forecast/compound-growth", Seq(Lit("年复合增长率", "年均复合增长率", "年均复合增速", "复合年均增长率", "年复合增速", "复合增长率", "复合增速", "年均增速", "CAGR", "compound annual growth rate", "compound annual growth", "compound rate"), Gap(14, "。;,"), Rate), Compound),
        new("en/forecast/compound-growth-first", Seq(Rate, Opt(Lit("a", "annual", "compound")), Lit("CAGR", "compound annual growth rate", "compound growth")), Compound),
    ];

    private static IEnumerable<FactDraft> Sized(PatternMatch match, SentenceContext context, bool isPlain)
    {
        var sentence = context.Sentence;
        var (metric, money) = (match.Get<Mention>("metric"), match.Get<MoneyValue>("figure"));
        var isOther = IsTaken(sentence, money) || (isPlain ? !Bridge.IsPlain(sentence, metric.End, money.Start) : Bridge.Weight(sentence, money.End, metric.Start) > 2);
        var subject = isOther ? null : Market(context, isPlain ? metric : null, Math.Min(metric.Start, money.Start));
        return subject is null ? [] : Draft(context, Terms.Metric(metric), subject, money, match.Start, match.End);
    }

    private static readonly string[] Groups = ["云厂", "云厂商", "厂商", "大厂", "巨头", "业者", "CSP", "云商", "云端服务商", "云服务商", "hyperscalers", "hyperscaler", "cloud providers", "cloud giants", "tech giants", "四大业者", "五大业者", "big four", "big five", "Big Tech"];

    /// <summary>Several companies under one noun (国内主要云厂, the big four hyperscalers): what they spend together is no account of any.</summary>
    public static bool IsGroup(string? phrase) => phrase is not null && Groups.Any(group => phrase.EndsWith(group, StringComparison.OrdinalIgnoreCase));

    // Management now sizes scale-up connectivity at $14bn in 2030; twelve months ago its number was $9bn.
    private static IEnumerable<FactDraft> SizesMarket(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (market, money, period) = (sentence.Slice(match.Get<Span>("market")).Trim(), match.Get<MoneyValue>("figure"), match.Get<PeriodValue>("period"));
        foreach (var tail in new[] { " market", " industry", " opportunity", " TAM" })
            market = market.EndsWith(tail, StringComparison.OrdinalIgnoreCase) ? market[..^tail.Length] : market;
        var issuer = context.CompanyMention(match.Start) is { } named ? Participant.Of(named, sentence) : Forecaster.ThirdParty(context, match.Get<Span>("market").Start, isPersonMeant: false) ?? context.Company(match.Start);
        if (market.Length is < 3 or > 40 || issuer is null || sentence.Within<Mention>(match.Start, money.Start).Any(m => m.Kind is EntityKind.Company))
            yield break;
        var before = sentence.Find(["ago its number was", "ago it was", "ago it said", "ago the number was", "ago its figure was", "it used to say", "it had said", "up from", "previously"], money.End, sentence.End) is { } cue ? sentence.All<MoneyValue>().FirstOrDefault(m => m.Start >= cue.End && m.Start <= cue.End + 6) : null;
        yield return context.Draft("ForecastIssued", match.Start, period.End, [("issuer", issuer), ("subject", Participant.Unknown(EntityKind.Sector, market))],
            [("metric", "market-size"), ("period", period.Label), ("amount", money.Amount), ("currency", money.Currency), ("previous", Figure.Node(before?.Amount)), ("bound", money.Bound.Word())]) with
        {
            Status = FactStatus.Forecast,
            Consumes = [.. new[] { money, before }.OfType<Annotation>().Select(context.Source)],
        };
    }

    // 国内主要云厂资本开支合计达 6,200 亿元
    private static IEnumerable<FactDraft> GroupSpend(PatternMatch match, SentenceContext context)
    {
        var (metric, money) = (match.Get<Mention>("metric"), match.Get<MoneyValue>("figure"));
        return Group(context, metric) is { } group && !IsTaken(context.Sentence, money) && Bridge.IsPlain(context.Sentence, metric.End, money.Start) ? Draft(context, "industry-spend", group, money, match.Start, match.End) : [];
    }

    private static Participant? Group(SentenceContext context, Mention metric) =>
        metric.Id == "metric/capex" && Segments.Before(context, metric).Name is { } phrase && IsGroup(phrase) ? Participant.Unknown(EntityKind.Sector, phrase) : null;

    // …达 2.52 万亿美元，2027 年进一步升至 3.3 万亿美元: the market is the one just sized.
    private static IEnumerable<FactDraft> OfPeriod(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (period, money) = (match.Get<PeriodValue>("period"), match.Get<MoneyValue>("figure"));
        foreach (var here in context.AndEarlier.Take(2))
        {
            var limit = here == context ? period.Start : here.Sentence.End;
            if (here.Sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= limit) is not { } metric)
                continue;
            var group = Group(here, metric);
            var isSized = (metric.Id is "metric/market-size" or "metric/industry-spend" || group is not null) && here.Sentence.Within<MoneyValue>(here.Sentence.Start, limit).Any();
            var isOther = IsTaken(sentence, money) || Bridge.Weight(sentence, period.End, money.Start) > 3 || sentence.Within<Mention>(period.Start, Math.Min(sentence.End, money.End + 8)).Any(m => m.Kind == "metric");
            return isSized && !isOther && (group ?? Market(here, metric, metric.Start)) is { } subject ? Draft(context, group is null ? Terms.Metric(metric) : "industry-spend", subject, money, period.Start, match.End) : [];
        }

        return [];
    }

    private static IEnumerable<FactDraft> MarketToReach(PatternMatch match, SentenceContext context)
    {
        var noun = match.Get<Span>("noun");
        var money = match.Get<MoneyValue>("figure");
        var subject = IsTaken(context.Sentence, money) ? null : Market(context, new Mention(noun.Start, noun.End, "metric", ["metric/market-size"]), noun.Start);
        return subject is null ? [] : Draft(context, "market-size", subject, money, match.Start, match.End);
    }

    private static IEnumerable<FactDraft> Draft(SentenceContext context, string metric, Participant subject, MoneyValue money, int start, int end)
    {
        var sentence = context.Sentence;
        var named = Period(sentence, start, end);
        var status = FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(sentence, start), end, named is null ? null : new ResolvedPeriod(named.Label, null, named.LastDay));
        var isForecast = status == FactStatus.Forecast || sentence.Contains(["潜在", "空间", "TAM", "addressable"], start, end);
        var modifiers = FigureSurroundings.Modifiers(sentence, new Span(start, money.Start), money);
        var yoy = modifiers.OfType<Growth>().FirstOrDefault(g => g.Basis == GrowthBasis.Year)?.Percent;
        yield return context.Draft(isForecast ? "ForecastIssued" : "MetricReported", start, end, isForecast ? [("issuer", Issuer(context, Math.Max(start, money.Start))), ("subject", subject)] : [("subject", subject)],
            [
                ("metric", isForecast ? metric : "other"), ("period", named?.Label), (money.High is not null ? "low" : isForecast ? "amount" : "value", money.Amount), ("high", Figure.Node(money.High)),
                ("currency", money.Currency), ("unit", isForecast ? null : money.Currency), ("yoyPercent", Figure.Node(yoy)), ("bound", money.Bound.Word()),
            ]) with
        {
            Status = isForecast ? FactStatus.Forecast : status,
            Consumes = [context.Source(money)],
        };
    }

    // 2024-2029 年复合增长率为 21.5%: of the market or metric that the sentence, or the one before it, has just put a figure to.
    private static IEnumerable<FactDraft> Compound(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var rate = match.Get<PercentValue>("rate");
        var metric = sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= match.Start && context.Report.Vocabulary.Entry(m.Id).MetricKinds.Contains("forecast"));
        var span = sentence.All<PeriodValue>().Where(p => p.Label.Contains('/', StringComparison.Ordinal)).OrderBy(p => Math.Abs(p.Start - match.Start)).FirstOrDefault() ?? YearSpan(sentence);
        if (metric is null || span is null || (span.LastDay is { } last && context.Report.ReportDate is { } today && last < today))
            yield break;
        var name = Terms.Metric(metric, sentence);
        var subject = Terms.IsOfIndustry(name) ? Market(context, metric, metric.Start) : FigureSubject.Of(context, metric.Start, isOfCompany: true);
        if (subject is null)
            yield break;
        var issuer = Terms.IsOfIndustry(name) ? Issuer(context, match.Start) : Forecaster.Of(context, match.Start, subject);
        yield return context.Draft("ForecastIssued", Math.Min(match.Start, span.Start), Math.Max(match.End, span.End), [("issuer", issuer), ("subject", subject)],
            [("metric", name), ("period", span.Label), ("yoyPercent", rate.Percent), ("bound", rate.Bound.Word())]) with
        {
            Status = FactStatus.Forecast,
            Consumes = [context.Source(rate)],
        };
    }

    // 2025-2030 without 年: a range of years only beside a compound rate, else a model's name or a range of prices.
    private static PeriodValue? YearSpan(Sentence sentence)
    {
        if (Years().Match(sentence.Text) is not { Success: true } match)
            return null;
        var (from, to) = (match.Groups["from"].Value, match.Groups["to"].Value);
        to = to.Length == 2 ? from[..2] + to : to;
        var last = new DateOnly(int.Parse(to, CultureInfo.InvariantCulture), 12, 31);
        return new PeriodValue(sentence.Start + match.Index, sentence.Start + match.Index + match.Length, $"{from}/{to}", IsFiscal: false, last, IsYearImplied: false);
    }

    [GeneratedRegex("(?<![0-9])(?<from>20[0-9]{2})[E]?[ ]?[-–—~][ ]?(?<to>(?:20)?[0-9]{2})(?![0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Years();

    private static bool IsTaken(Sentence sentence, MoneyValue money) =>
        sentence.Annotations.Any(a => a is Previous or Consensus && FigureSurroundings.Covers(a, money));

    private static PeriodValue? Period(Sentence sentence, int start, int end) =>
        sentence.All<PeriodValue>().LastOrDefault(p => p.End <= start || p.Start == start) ?? sentence.All<PeriodValue>().FirstOrDefault(p => p.Start >= start && p.Start <= end + 12 && sentence.Slice(Math.Min(end, p.Start), p.Start).IndexOfAny([',', ';']) < 0);

    // The noun phrase before the metric names the market; without one it is that of the product spoken of.
    private static Participant? Market(SentenceContext context, Mention? metric, int at)
    {
        var phrase = metric is null ? null : Segments.Before(context, metric).Name;
        var surface = metric is null ? "" : context.Sentence.Slice(metric);
        if (phrase is not null && surface.StartsWith("行业", StringComparison.Ordinal))
            phrase += "行业";
        if (phrase is not null && Everywhere.Contains(phrase, StringComparer.OrdinalIgnoreCase))
            phrase = null;
        if (surface.StartsWith("AI", StringComparison.Ordinal) || surface.StartsWith("人工智能", StringComparison.Ordinal) || (phrase is null && metric?.Id == "metric/industry-spend" && surface.Length > 4))
            phrase = surface;
        // We put the AI server market size at $300bn: the noun phrase opens with its article.
        if (phrase?.LastIndexOf("the ", StringComparison.OrdinalIgnoreCase) is >= 0 and var article)
            phrase = phrase[(article + 4)..];
        // 他还首次给出 Vera CPU 的潜在市场规模: a name that closes the phrase is the market's.
        var closing = phrase is null ? null : context.Sentence.All<Name>().LastOrDefault(name => name.End <= at && at - name.End <= 3 && name.Kind is EntityKind.Chip or EntityKind.Product or EntityKind.Model);
        if (phrase is null || (closing is not null && phrase.Length > closing.Length))
            return FigureSubject.Of(context, at);
        var entry = context.Report.Vocabulary.MatchWhole(phrase, EntityKind.Sector);
        return entry is null ? Participant.Unknown(EntityKind.Sector, phrase) : new Participant(EntityKind.Sector, phrase, [entry.Id]);
    }

    private static Participant? Issuer(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        if (sentence.Contains(House, sentence.Start, at))
            return context.Report.Publisher;
        if (sentence.Contains(["他", "她", "he", "she"], sentence.Start, at) && Speaker(context) is { } speaker)
            return speaker;
        var company = context.CompanyMention(at) is { } named ? Participant.Of(named, sentence) : sentence.Contains(["公司", "the company"], sentence.Start, at) ? context.CarriedCompany() : null;
        // An officer speaks for the company that the sentence names.
        if (Forecaster.ThirdParty(context, at, isPersonMeant: true) is { } third)
            return third.Kind == EntityKind.Person ? company ?? third : third;
        if (company is not null)
            return company;
        return sentence.Contains(Expecting, sentence.Start, sentence.End) ? context.Report.Publisher : context.CarriedCompany() ?? context.Report.Publisher;
    }

    private static Participant? Speaker(SentenceContext context)
    {
        foreach (var before in context.Earlier)
        {
            if (before.Sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Person) is { } person)
                return Participant.Of(person, before.Sentence);
        }

        return null;
    }
}
