using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>What part of a company's revenue comes from one of its businesses: AI 服务器占比已达三成; HBM 占营收比重逾二成; X accounted for 40% of revenue; and earnings told by the share.</summary>
public static class ShareOfWholeRules
{
    private static readonly Pattern Share = Ann<PercentValue>("share", p => !p.IsPoints && p.Percent is > 0 and <= 100);

    private static readonly string[] Wholes = ["营收", "收入", "销售额", "销售", "营业额", "revenue", "sales"];

    private static readonly string[] NotWholes = ["市场", "份额", "市占", "出货", "股权", "股份", "持股", "成本", "员工", "流量", "产能", "用户", "调用量", "market", "shipments", "stake", "traffic"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/earnings/part-share", Seq(Lit("占").As("cue"), Gap(26, "。;,"), Share), PartShare),
        new("en/earnings/part-of-revenue", Seq(Share, Alt(Ann<Mention>("whole", m => m.Id == "metric/revenue-share"), Seq(Lit("of"), Opt(Lit("total", "group", "its", "the company's", "company", "net", "overall", "quarterly", "our")), Opt(Ann<PeriodValue>("period")), Opt(Ann<Mention>("of", m => m.Kind == "segment")), Ann<Mention>("whole", m => m.Id == "metric/revenue")))), PartOf),
        new("zh/earnings/share-comes-from", Seq(Ann<Mention>("whole", m => m.Id == "metric/revenue"), Opt(Lit("里", "中", "里面", "当中", "的", "有")), Opt(Lit("约", "近", "逾", "超过", "有", "约有")), Share, Opt(Lit("是", "都")), Lit("来自于", "来自", "源自", "源于", "出自", "由").As("from")), ComesFrom),
        new("zh/earnings/contributes-share", Seq(Lit("贡献", "贡献了").As("cue"), Opt(Lit("约", "近", "逾", "超过", "了")), Share), Contributes),
        new("en/earnings/share-of-that", Seq(Share, Lit("of that is", "of that was", "of that came from", "of that comes from", "of it is", "of it came from", "of which is", "of which came from")), OfThat),
        new("zh/earnings/by-ten-shares", Seq(Lit("每10股", "每十股", "每 10 股"), Gap(8, "。;"), Lit("派", "分红", "红利", "股利", "送"), Gap(8, "。;"), Ann<MoneyValue>("amount")), ByTenShares),
        new("earnings/earned", Seq(Lit("lost", "lose", "earned", "will lose", "赚了", "赚", "亏了", "亏掉", "净亏", "倒赚").As("verb"), Opt(Lit("about", "some", "roughly", "nearly", "more than", "just over", "约", "近", "逾")), Ann<MoneyValue>("amount", m => m.Per is null && m.Amount >= 1_000_000m)), Earned),
        new("earnings/by-share", Seq(Lit("每股", "每ADS", "earned", "lost", "loss of", "profit of", "made", "净赚", "每股赚", "每股亏", "每股亏损").As("cue"), Gap(4, "。;,"), Ann<MoneyValue>("amount")), ByShare),
    ];

    private static IEnumerable<FactDraft> PartShare(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var cue = match.Get<Span>("cue");
        // 由六成五拉高到七成二: the last of them is the figure; in 占比 98%，毛利率 45% it is another's.
        var share = match.Get<PercentValue>("share");
        var last = Listed.Last(sentence, share, within: 8);
        share = sentence.Within<Mention>(share.End, last.Start).Any(m => m.Kind == "metric") ? share : last;
        var isOfRevenue = sentence.Contains(Wholes, cue.End, share.Start)
            || IsOfPart(sentence, cue, share)
            // 年化收入 4.1 亿美元,海外 API 占去其中六成
            || (sentence.Contains(["其中", "当中"], cue.End, share.Start) && sentence.All<Mention>().Any(m => m.Id is "metric/revenue" or "metric/run-rate-revenue" && m.End <= cue.Start))
            || (sentence.Has("占比", cue.Start, out _) && context.AndEarlier.Take(2).Any(here => here.Sentence.Contains(Wholes, here.Sentence.Start, here == context ? cue.Start : here.Sentence.End)));
        var isOther = sentence.Contains(NotWholes, Math.Max(sentence.Start, cue.Start - 12), Math.Min(sentence.End, share.End + 4)) || sentence.Annotations.Any(a => a is Growth or Consensus or Previous && FigureSurroundings.Covers(a, share));
        var part = !isOfRevenue || isOther ? null : Segments.Before(context, new Mention(cue.Start, cue.End, "metric", ["metric/revenue-share"]));
        // 云业务收入 186 亿元,占公有云的 16%: the part is what the sentence just gave the revenue of.
        if (part is { Name: null } && IsOfPart(sentence, cue, share) && sentence.All<Mention>().LastOrDefault(m => m.Id == "metric/revenue" && m.End <= cue.Start) is { } revenue)
            part = Segments.Before(context, revenue);
        return part?.Name is null ? [] : Draft(context, part, share, Math.Min(part.Start, cue.Start), cue.Start);
    }

    // Q1 收入里七成三来自海外
    private static IEnumerable<FactDraft> ComesFrom(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var from = match.Get<Span>("from");
        var name = sentence.Slice(from.End, Clauses.End(sentence, from.End)).Trim().TrimEnd('贡', '献');
        foreach (var tail in new[] { "市场", "一家" })
            name = name.EndsWith(tail, StringComparison.Ordinal) && name.Length > 3 ? name[..^2] : name;
        return name.Length is < 2 or > 14 ? [] : Draft(context, new Segment(name, match.Start, null), match.Get<PercentValue>("share"), match.Start, match.Start);
    }

    // 收入 8.7 亿元,飙升 179%,云端部署(含 API)首次贡献逾两成
    private static IEnumerable<FactDraft> Contributes(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var cue = match.Get<Span>("cue");
        var start = Clauses.Start(sentence, cue.Start);
        // The clause may open before a bracket that belongs to the part's name.
        if (start > sentence.Start && sentence.Passage.Text[start - 1] == ')' && sentence.Passage.Text.LastIndexOf('(', start - 1, start - sentence.Start) is > 0 and var open)
            start = Clauses.Start(sentence, open);
        var name = sentence.Slice(start, cue.Start).Split('(')[0].Trim();
        var isOfRevenue = sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= start) is { Id: "metric/revenue" } && !sentence.Contains(NotWholes, cue.End, Math.Min(sentence.End, match.End + 6));
        var isOther = name.Length is < 2 or > 14 || sentence.Contains(["利润", "增长", "增量", "增速"], match.End, Math.Min(sentence.End, match.End + 6)) || sentence.Within<Mention>(start, cue.Start).Any(m => m.Kind is "metric" or EntityKind.Company);
        return isOther || !isOfRevenue ? [] : Draft(context, new Segment(name, start, null), match.Get<PercentValue>("share"), start, cue.Start);
    }

    // it is running at €1.1bn a year, and 60% of that is European governments
    private static IEnumerable<FactDraft> OfThat(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var before = sentence.All<MoneyValue>().LastOrDefault(m => m.End <= match.Start);
        var isOfRevenue = before is not null && (sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= match.Start) is { Id: "metric/revenue" or "metric/run-rate-revenue" } || sentence.Contains(["running at", "annualising at", "annualizing at"], sentence.Start, before.Start));
        var end = sentence.Find([" in ", " for ", " as ", " while "], match.End, Clauses.End(sentence, match.End))?.Start ?? Clauses.End(sentence, match.End);
        var name = sentence.Slice(match.End, end).Trim().TrimEnd('.');
        return !isOfRevenue || name.Length is < 2 or > 40 ? [] : Draft(context, new Segment(name, match.Start, null), match.Get<PercentValue>("share"), match.Start, match.Start);
    }

    // 公有云收入 19 亿元,其中 AI 收入 9.9 亿元,占公有云的 52%: the whole is a part that has a revenue of its own.
    private static bool IsOfPart(Sentence sentence, Span cue, PercentValue share)
    {
        var whole = sentence.Slice(cue.End, share.Start).Trim().TrimEnd('约', '近', '逾').TrimEnd('的').Trim();
        return whole.Length is >= 2 and <= 12 && Wholes.Take(4).Any(word => sentence.Contains([whole + word], sentence.Start, cue.Start));
    }

    private static IEnumerable<FactDraft> PartOf(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var share = match.Get<PercentValue>("share");
        var verb = sentence.Find(["accounted for", "accounts for", "account for", "made up", "makes up", "represented", "represents", "contributed", "contributes", "generated", "was", "is", "were", "are", "now", "reached", "rose to", "fell to", "grew to", "climbed to"], Math.Max(sentence.Start, share.Start - 24), share.Start);
        if (verb is not { } cut)
            return [];
        var part = Customer(context, cut.Start) ?? Segments.Before(context, new Mention(Aside(sentence, cut.Start) ?? cut.Start, cut.End, "metric", ["metric/revenue-share"]));
        return part.Name is null ? [] : Draft(context, part, share, part.Start, cut.Start);
    }

    // Nvidia was 46% of 2025 sales: a customer, where the text is on somebody else's accounts.
    private static Segment? Customer(SentenceContext context, int at) =>
        context.CompanyMention(at) is { } customer && context.Sentence.Slice(customer.End, at).Trim() is "" or "alone" or "now" && context.CarriedCompany() is { } seller && !seller.Candidates.Intersect(customer.Candidates).Any()
            ? new Segment(context.Sentence.Slice(customer), customer.Start, seller) : null;

    // Custom silicon, the CFO told the call, now makes up 27%: the part stands before what only says who says so.
    private static int? Aside(Sentence sentence, int at)
    {
        var close = sentence.Passage.Text.LastIndexOf(',', at - 1, at - sentence.Start);
        var open = close > sentence.Start ? sentence.Passage.Text.LastIndexOf(',', close - 1, close - sentence.Start) : -1;
        return open > sentence.Start && at - close <= 6 && sentence.Contains(["told", "said", "says", "noted", "according to"], open, close) ? open : null;
    }

    private static IEnumerable<FactDraft> Draft(SentenceContext context, Segment part, PercentValue share, int start, int at)
    {
        if ((part.Owner ?? UnlistedCompany.Or(context, at)) is not { } company)
            yield break;
        var period = FigureSurroundings.Period(context, company, start, share.End);
        yield return AccountFigure.Draft(context, new AccountFigure(company, "revenue-share", part.Name, share, start, share.End)
        {
            Percent = share.Percent,
            Bound = share.Bound,
            Period = period,
            Status = FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(context.Sentence, start), share.End, period),
            // 从去年同期的 11% 拉高到 24%
            Modifiers = [.. context.Sentence.Within<Previous>(start, share.Start)],
            ForecastFrom = at,
        });
    }

    // 拟每 10 股派现 5 元
    private static IEnumerable<FactDraft> ByTenShares(PatternMatch match, SentenceContext context)
    {
        var amount = match.Get<MoneyValue>("amount");
        if (UnlistedCompany.Or(context, match.Start) is not { } company)
            yield break;
        yield return AccountFigure.Draft(context, new AccountFigure(company, "dividend-per-share", null, amount, match.Start, match.End)
        {
            Amount = amount.Amount / 10,
            Currency = FigureSurroundings.Currency(context.Sentence, amount),
            Bound = amount.Bound,
            // For which year it is paid goes without saying, unless the sentence says it.
            Period = context.Sentence.All<PeriodValue>().LastOrDefault(p => p.End <= match.Start && p.Label.Length == 4) is { } year ? FigureSurroundings.Resolve(context.Report, company, year) : null,
            Status = Domain.Facts.FactStatus.Announced,
        });
    }

    // it will lose $190m in 2027; Intel Foundry lost $2.2bn at the operating line: of a part it is what it operates with.
    private static IEnumerable<FactDraft> Earned(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, amount) = (match.Get<Span>("verb"), match.Get<MoneyValue>("amount"));
        var isOther = sentence.All<Mention>().Any(m => m.Kind == "metric" && m.Start >= match.End && m.Start <= match.End + 4 || m.Kind == "metric" && m.Start >= verb.Start && m.End <= amount.Start) || sentence.Contains(["market value", "in value", "of value", "market cap", "市值", "身家"], match.Start, Math.Min(sentence.End, match.End + 24))
            || sentence.Annotations.Any(a => a is Consensus or Previous or OwnEstimate && FigureSurroundings.Covers(a, amount)) || sentence.Contains(["去年同期还", "上年同期还"], sentence.Start, verb.Start);
        if (isOther)
            yield break;
        var part = Segments.Before(context, new Mention(verb.Start, verb.End, "metric", ["metric/operating-income"]));
        var isPart = part.Name is not null && sentence.Within<Mention>(part.Start, verb.Start).Any(m => m.Kind == "segment");
        var isOperating = isPart || sentence.Contains(["at the operating line", "at the operating level", "operating basis"], match.End, Math.Min(sentence.End, match.End + 24));
        if (UnlistedCompany.Or(context, verb.Start) is not { } owner)
            yield break;
        var (company, segment) = Segments.Whole(context, isOperating ? "operating-income" : "net-income", owner, isPart ? part : new Segment(null, verb.Start, null));
        var period = FigureSurroundings.Period(context, company, verb.Start, match.End);
        // Without a period it may be anything that was lost.
        if (period is null)
            yield break;
        yield return AccountFigure.Draft(context, new AccountFigure(company, isOperating ? "operating-income" : "net-income", segment.Name, amount, match.Start, match.End)
        {
            Amount = sentence.Contains(["亏", "lost", "lose"], verb.Start, verb.End) ? -amount.Amount : amount.Amount,
            Currency = FigureSurroundings.Currency(sentence, amount),
            Bound = amount.Bound,
            Period = period,
            Status = FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(sentence, verb.Start), match.End, period),
            Modifiers = FigureSurroundings.Modifiers(sentence, verb, amount),
            ForecastFrom = verb.Start,
        });
    }

    // 每股赚 15.4 元; lost $0.42 a share
    private static IEnumerable<FactDraft> ByShare(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (cue, amount) = (match.Get<Span>("cue"), match.Get<MoneyValue>("amount"));
        var isByShare = amount.Per == "share" || sentence.Slice(cue).StartsWith("每", StringComparison.Ordinal);
        var isEarned = sentence.Contains(["赚", "亏", "盈", "获利", "earned", "lost", "loss", "profit", "made"], cue.Start, amount.Start);
        var isFormer = sentence.Slice(Math.Max(sentence.Start, cue.Start - 5), cue.Start).Contains("同期", StringComparison.Ordinal);
        if (!isByShare || !isEarned || isFormer || amount.High is not null || sentence.Within<Mention>(cue.Start, amount.Start).Any(m => m.Kind == "metric") || UnlistedCompany.Or(context, match.Start) is not { } company)
            yield break;
        var period = FigureSurroundings.Period(context, company, match.Start, match.End);
        var modifiers = FigureSurroundings.Modifiers(sentence, cue, amount);
        yield return AccountFigure.Draft(context, new AccountFigure(company, "eps", null, amount, match.Start, modifiers.Select(m => m.End).Append(match.End).Max())
        {
            Amount = sentence.Contains(["亏", "lost", "loss"], cue.Start, amount.Start) ? -amount.Amount : amount.Amount,
            Currency = FigureSurroundings.Currency(sentence, amount),
            Bound = amount.Bound,
            Period = period,
            Status = FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(sentence, match.Start), match.End, period),
            Modifiers = modifiers,
            ForecastFrom = match.Start,
        });
    }
}
