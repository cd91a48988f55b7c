using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>Shares, indices and coins that rise or fall in running text, one by one or in lists.</summary>
public static class PriceMoveRules
{
    private static readonly string[] ShareWords = ["股价", "股票", "盘后", "盘前", "盘中", "收盘", "收涨", "收跌", "收报", "收市", "涨停", "跌停", "股份", "股", "市值", "涨幅", "跌幅", "涨跌幅", "shares", "stock", "closed", "close", "traded", "trading", "session"];

    // What leads to a closing level: 报 3950.31 点, 收在 262.5 元, to $215.33.
    private static readonly string[] Levels = ["报收", "收报", "收于", "收在", "报", "收", "至", "以", "来到", "站上", "站回", "攻上", "失守", "跌破", "升破", "守在", "停在", "到", "to", "at"];

    private static readonly string[] OtherPrices = ["单价", "同价", "每百万", "token", "tokens", "API", "月租", "年费", "价格", "售价", "租金", "报价", "均价", "定价", "合约价", "现货价", "月费", "资费", "prices", "pricing", "rental"];

    private static readonly string[] Falls = ["跌", "挫", "降", "泻", "泄", "回落", "走低", "下滑", "拉回", "回吐", "跌幅", "降幅", "down", "fell", "dropped", "slid", "lost", "shed", "declined", "lower", "slipped", "tumbled", "sank", "plunged"];

    // 收市跌 212 点或 0.8%; rose $3.20, or 1.4%: the same move twice, in points or money and in percent.
    private static readonly Pattern InPoints = Seq(
        Lit("下跌", "跌", "大跌", "小跌", "重挫", "挫", "急挫", "泻", "下挫", "回落", "走低", "fell", "dropped", "lost", "slid", "shed", "down").As("falls"), Opt(Lit("了", "约", "近", "逾")), Alt(Ann<QuantityValue>(null, q => q.Unit == "points"), Ann<MoneyValue>(), Ann<NumberValue>()),
        Gap(22, "。;(").As("between"), Opt(Lit("(", "或", "即", "or")), Ann<PercentValue>("percent", p => !p.IsPoints));

    private static readonly Pattern InPointsUp = Seq(
        Lit("上涨", "涨", "大涨", "小涨", "升", "上升", "走高", "反弹", "弹升", "劲扬", "上扬", "rose", "gained", "added", "climbed", "advanced", "up"), Opt(Lit("了", "约", "近", "逾")), Alt(Ann<QuantityValue>(null, q => q.Unit == "points"), Ann<MoneyValue>(), Ann<NumberValue>()),
        Gap(22, "。;(").As("between"), Opt(Lit("(", "或", "即", "or")), Ann<PercentValue>("percent", p => !p.IsPoints));

    private static readonly Pattern Move = Alt(
        InPoints, InPointsUp,
        Ann<Growth>("move", g => g.Basis == GrowthBasis.Unstated && g.Percent != 0),
        Ann<PercentValue>("signed", p => !p.IsPoints && p.IsSigned),
        Seq(Lit("涨跌幅", "涨幅", "跌幅", "累计涨跌幅").As("rate"), Opt(Lit("为", "达", "约", "近", "收窄为", "扩大至", "累计为")), Opt(Lit("约", "近")), Ann<PercentValue>("percent", p => !p.IsPoints)));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("price/list-respectively", Seq(Lit("分别", "依次", "涨跌幅", "涨幅", "跌幅"), Gap(8, "。;,"), Ann<PercentValue>("first", p => !p.IsPoints)), Respectively),
        new("zh/price/list-all", Seq(Opt(Lit("涨幅", "跌幅").As("rate")), Lit("均", "皆", "都", "双双", "齐", "同步", "集体"), Gap(4, "。;,"), Alt(Ann<Growth>("move", g => g.Basis == GrowthBasis.Unstated && g.Percent != 0), Seq(Lit("涨幅", "跌幅").As("rate"), Gap(3), Ann<PercentValue>("percent", p => !p.IsPoints)), Ann<PercentValue>("percent", p => !p.IsPoints))), OfAll),
        new("price/bracketed-list", Seq(Ann<PercentValue>("percent", p => !p.IsPoints && p.IsSigned), Lit(")")), Bracketed),
        new("price/quote-bracket", Seq(Ann<Mention>("subject", m => m.Kind is EntityKind.Company or EntityKind.Publisher), Lit("("), Ann<NumberValue>("price"), Lit(","), Ann<NumberValue>(), Lit(","), Ann<PercentValue>("percent"), Lit(")")), Quoted),
        new("price/index-move", Seq(Ann<Mention>("subject", m => m.Kind is EntityKind.Index or EntityKind.Sector or EntityKind.Asset), Gap(40, "。;"), Move), IndexMove),
        new("zh/price/unknown-index-move", Seq(Lit("指数", "板块").As("noun"), Gap(16, "。;,"), Move), UnknownIndexMove),
        new("price/share-move", Seq(Ann<Mention>("subject", m => m.Kind is EntityKind.Company), Gap(30, "。;"), Move), ShareMove),
        new("price/share-word-move", Seq(Lit("股价", "股票", "shares", "the stock"), Gap(18, "。;"), Move), SessionMove),
        new("price/period-move", Seq(Lit("本月以来", "本月", "本周", "上周", "今年以来", "年初至今", "this month", "this week"), Gap(8, "。;,"), Move), PeriodMove),
        new("price/session-move", Seq(Lit("收盘", "收市", "尾盘", "盘后", "盘前", "首日", "收涨", "收跌", "终场", "盘中", "早盘", "午盘", "午后", "开盘", "全日", "夜盘", "昨夜", "昨晚", "隔夜", "单日", "日内", "一天", "一日"), Gap(6, "。;,"), Move), SessionMove),
        new("en/price/late-move", Seq(Ann<Growth>("move", g => g.Basis == GrowthBasis.Unstated && g.Percent != 0), Gap(8, "。;,"), Lit("in late trading", "after hours", "after-hours", "in extended trading", "in the after-market", "in after-hours trading", "premarket", "pre-market", "in premarket trading", "in early trading", "overnight", "on the day", "at the close", "post-market", "in the aftermarket")), LateMove),
        new("price/quoted-list", Ann<MoneyValue>("price", m => m.Per is null && m.High is null), QuotedInList),
        new("en/price/as-of-close", Seq(Ann<MoneyValue>("price", m => m.Per is null && m.High is null), Opt(Lit("at", "as of", "on")), Opt(Lit("the")), Opt(Ann<DateValue>()), Opt(Lit("'s", "’s")), Lit("close")), AsOfClose),
        new("price/close", Seq(Lit("收在", "收于", "收报", "报收", "昨收", "以"), Ann<MoneyValue>("price"), Opt(Lit("作收", "收盘", "收市", "完场", "锁死", "坐收", "终场"))), Close),
        new("price/last-quote", Seq(Lit("现股价", "现价", "最新股价", "最新价", "目前股价", "当前股价", "收盘价", "收市价", "前收盘", "定格在", "last traded at", "last closed at", "closed at", "currently trades at", "trades at", "trading at", "ended at", "settled at", "finished at", "changed hands at"), Opt(Lit("为", "报", "是", ":", "约", "在")), Ann<MoneyValue>("price", m => m.Per is null && m.High is null && m.Amount < 10_000_000m)), LastQuote),
        new("zh/price/quote-last", Seq(Ann<MoneyValue>("price", m => m.Per is null && m.High is null && m.Amount < 10_000_000m), Opt(Lit("的")), Lit("收盘价", "收市价", "最新股价", "现价")), LastQuote),
    ];

    private static IEnumerable<FactDraft> IndexMove(PatternMatch match, SentenceContext context)
    {
        var subject = match.Get<Mention>("subject");
        var instrument = subject.Kind == EntityKind.Asset ? "crypto" : "index";
        // 跑赢某指数 3.45 个百分点，年初以来已涨 28.6%: the one that is set against it moved.
        if (!IsNearest(context, subject, match) || IsGrowthOfFigure(context.Sentence, match) || context.Sentence.Within<PercentValue>(subject.End, match.End).Any(p => p.IsPoints))
            return [];
        return IsTraded(context.Sentence, subject, match) ? Draft(match, context, Participant.Of(subject, context.Sentence), subject.Start, instrument)
            : PartOfSector(context.Sentence, subject) is { } part && context.Sentence.Slice(subject.End, match.End).IndexOf(',', StringComparison.Ordinal) < 0 ? Draft(match, context, part.Who, part.Start, "index") : [];
    }

    // 细分板块中，A 涨 4%，B 下跌 1%: in a list of parts each clause opens with one, whose last word may be a sector that is known.
    private static (Participant Who, int Start)? PartOfSector(Sentence sentence, Mention subject)
    {
        if (subject.Kind != EntityKind.Sector || sentence.Find(["子行业", "子板块", "细分板块", "细分行业", "二级行业", "三级行业"], sentence.Start, subject.Start) is not { } cue)
            return null;
        var start = sentence.Passage.Text.LastIndexOfAny([',', '、', ';', ':'], subject.Start, subject.Start - cue.End + 1) + 1;
        if (start <= cue.End || sentence.Slice(start, subject.End) is { Length: > 10 })
            return null;
        return (start == subject.Start ? Participant.Of(subject, sentence) : Participant.Unknown(EntityKind.Sector, sentence.Slice(start, subject.End)), start);
    }

    private static IEnumerable<FactDraft> UnknownIndexMove(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var noun = match.Get<Span>("noun");
        if (sentence.All<Mention>().Any(m => m.Kind is EntityKind.Index or EntityKind.Sector && m.Start <= noun.Start && m.End >= noun.End))
            return [];
        var text = sentence.Passage.Text;
        var start = noun.Start;
        while (start > sentence.Start && noun.End - start < 14 && !",。;:、()“” ".Contains(text[start - 1], StringComparison.Ordinal) || (start > sentence.Start && text[start - 1] == ' ' && start - 2 >= sentence.Start && char.IsAsciiLetter(text[start - 2])))
            start--;
        var from = sentence.Annotations.Where(a => a is PeriodValue or DateValue && a.Start < noun.Start && a.End > start).Select(a => a.End).DefaultIfEmpty(start).Max();
        foreach (var word in new[] { "本周", "本月以来", "本月", "上周", "今日", "昨日", "其中", "同期", "以来" })
        {
            var at = text.IndexOf(word, from, noun.End - from, StringComparison.Ordinal);
            if (at >= 0)
                from = Math.Max(from, at + word.Length);
        }

        // 被寄予厚望的人形机器人指数: what is said of it is no part of its name.
        if (noun.Start > from && text.LastIndexOf('的', noun.Start - 1, noun.Start - from) is >= 0 and var said)
            from = said + 1;
        from = sentence.SkipSpace(from);
        return noun.Start - from is > 0 and <= 14 ? Draft(match, context, Participant.Unknown(EntityKind.Index, text[from..noun.End]), from, "index") : [];
    }

    private static IEnumerable<FactDraft> ShareMove(PatternMatch match, SentenceContext context)
    {
        var subject = match.Get<Mention>("subject");
        var sentence = context.Sentence;
        // 廣達昨收 342.5 元，漲 4.1%: a close before the move says that it is the share's.
        var isClosed = PriceBefore(sentence, subject.End, match.End) is not null;
        // A second company in the sentence rises as the first one's share did (甲股价上涨 5%，乙上涨 3%).
        var isShare = isClosed || sentence.Contains(ShareWords, subject.End, Math.Min(sentence.End, match.End + 4)) || IsTicker(sentence.Slice(subject)) || PriceBehind(sentence, match.End) is not null
            || (sentence.Contains(["股价", "shares", "stock"], sentence.Start, subject.Start) && !sentence.All<Mention>().Any(m => m.Kind == "metric"));
        // A figure of the accounts or an operating metric between the two is not the share's.
        var isOther = sentence.Within<Mention>(subject.End, match.End).Any(m => m.Kind is "metric" or EntityKind.Index or EntityKind.Chip) || (!isClosed && sentence.Within<MoneyValue>(subject.End, match.End).Any());
        isOther |= sentence.Contains(OtherPrices, subject.End, match.End);
        // DeepSeek halved …: what a company halves is not its share.
        isOther |= match.Find<Growth>("move") is { Percent: < 0 } cut && !sentence.Within<PercentValue>(cut.Start, cut.End).Any() && !sentence.Contains(ShareWords, subject.End, match.End);
        // 英伟达跌 3.4%，甲骨文大涨 11%: a company that moves, and no figure of its accounts, is its share.
        isShare |= IsOfMarket(context, subject, match);
        return isShare && !isOther && IsNearest(context, subject, match) ? Draft(match, context, Participant.Of(subject, sentence), subject.Start, "share") : [];
    }

    private static readonly string[] Grown = ["增长", "增加", "成长", "提升", "提高", "增", "增幅", "增速", "涨价", "降价", "提价", "调价", "上调", "下调", "调升", "调降", "加价", "减价", "raise", "raised", "cut", "减少", "降低", "下降", "缩减", "grew", "growth", "increased", "increase", "expanded", "growing", "decreased", "decline in"];

    private static bool IsOfMarket(SentenceContext context, Mention subject, PatternMatch match)
    {
        var sentence = context.Sentence;
        var figure = match.Find<Growth>("move") ?? match.Find<PercentValue>("percent") ?? (Annotation?)match.Find<PercentValue>("signed");
        return figure is not null and not PercentValue { IsSigned: true } && Bridge.Weight(sentence, sentence.Has("ADR", sentence.SkipSpace(subject.End), out var listed) ? listed : subject.End, figure is Growth ? figure.Start : match.Start) <= 2 && !sentence.Contains(Grown, subject.End, figure.End)
            && !sentence.All<Mention>().Any(m => m.Kind == "metric" && m.End <= figure.Start && !context.Report.Vocabulary.Entry(m.Id).MetricKinds.Contains("valuation"))
            && !sentence.Contains(["收入", "营收", "利润", "用户", "份额", "产能", "出货", "成本", "性能", "速度", "revenue", "sales", "users", "share of"], subject.End, match.End);
    }

    // …盘中下跌 4.8%，收盘跌幅收窄为 2.4%: the same share, another moment.
    private static readonly string[] Days = ["单日", "日内", "一天", "一日"];

    // Within a day anything may grow; a share does so where the sentence speaks of shares.
    private static readonly string[] Traded = ["股", "盘", "收", "市值", "指数", "大盘", "跌停", "涨停"];

    private static IEnumerable<FactDraft> SessionMove(PatternMatch match, SentenceContext context) =>
        (!Days.Any(day => context.Sentence.Has(day, match.Start, out _)) || context.Sentence.Contains(Traded, context.Sentence.Start, context.Sentence.End)) && context.Company(match.Start) is { } subject && !context.Sentence.Within<Mention>(match.Start, match.End).Any(m => m.Kind == EntityKind.Company) && !context.Sentence.Within<Mention>(context.CompanyMention(match.Start)?.End ?? context.Sentence.Start, match.End).Any(m => m.Kind is EntityKind.Index or "metric")
            ? Draft(match, context, subject, match.Start, "share")
            : [];

    // Down 2.8% in late trading: the share of the company spoken of.
    private static IEnumerable<FactDraft> LateMove(PatternMatch match, SentenceContext context) =>
        context.Company(match.Start) is { } subject && !context.Sentence.Within<Mention>(Clauses.Start(context.Sentence, match.Start), match.Start).Any(m => m.Kind is EntityKind.Index or "metric")
            ? Draft(match, context, subject, match.Start, "share") : [];

    private static readonly string[] Closes = ["prices as of", "close", "closing prices", "priced at the close", "pricing", "closes", "收盘价", "收市价", "股价截至", "报价日", "收盘"];

    // LRCX $106.75; META $742.10; 000660 KS W1,012,000: under a word of closing prices each name has its own right behind it.
    private static IEnumerable<FactDraft> QuotedInList(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var price = match.Get<MoneyValue>("price");
        var heading = sentence.Block.Heading is >= 0 and var above ? context.Report.Document.Blocks[above].Passage.Text : "";
        var isQuoted = Closes.Any(word => heading.Contains(word, StringComparison.OrdinalIgnoreCase)) || (sentence.Find(Closes, sentence.Start, price.Start) is { } cue && cue.Start - sentence.Start < 24);
        if (!isQuoted || Quotee(context, price.Start) is not var (who, start))
            yield break;
        var day = context.When(start, price.End) ?? ValueParser.Parse(Text.Passage.Plain(heading), context.Report.Values).OfType<DateValue>().FirstOrDefault()?.Date.Text ?? context.Report.Metadata.Date?.Text;
        yield return context.Draft("PriceChanged", start, price.End, [("subject", who)], [("instrument", "share"), ("price", price.Amount), ("currency", price.Currency)]) with
        {
            When = day,
            Status = Domain.Facts.FactStatus.Reported,
            Consumes = [context.Source(price)],
        };
    }

    // The name or the code that ends right before a position.
    private static (Participant Who, int Start)? Quotee(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        if (sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Company && m.End <= at && sentence.Slice(m.End, at).Trim(' ', ':', '(').Length == 0) is { } known)
            return (Participant.Of(known, sentence), known.Start);
        var from = sentence.Passage.Text.LastIndexOfAny([';', ',', ':', '、', '|'], Math.Max(sentence.Start, at - 1), Math.Max(1, at - sentence.Start)) + 1;
        from = sentence.SkipSpace(Math.Max(sentence.Start, from));
        var code = from < at ? sentence.Slice(from, at).Trim() : "";
        return code.Length is > 0 and <= 12 && code.Any(char.IsAsciiLetterUpper) && (context.Report.Vocabulary.MatchWhole(code, EntityKind.Company) ?? (code.IndexOf(' ', StringComparison.Ordinal) > 0 ? context.Report.Vocabulary.MatchWhole(code.Replace(' ', '.'), EntityKind.Company) : null)) is { } entry
            ? (new Participant(entry.Kind, code, [entry.Id]), from) : null;
    }

    // 直奔涨停，以 1,995 元作收: a close without its change.
    private static IEnumerable<FactDraft> Close(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var price = match.Get<MoneyValue>("price");
        var isClose = !sentence.Has("以", match.Start, out _) || sentence.Contains(["作收", "收盘", "收市", "完场", "锁死", "坐收", "终场"], price.End, match.End);
        var isMoved = sentence.All<PercentValue>().Any(p => !p.IsPoints && p.End <= match.Start && match.Start - p.End <= 6);
        if (!isClose || isMoved || price.High is not null || context.Company(match.Start) is not { } subject)
            yield break;
        var start = context.CompanyMention(match.Start)?.Start ?? match.Start;
        var (period, when) = PricePeriods.Of(context, start, match.End);
        var soFar = YearSoFar(sentence, match.End);
        var move = MovedBehind(sentence, match.End);
        var figure = move is null ? null : sentence.Within<PercentValue>(move.Start, move.End).FirstOrDefault() ?? (Annotation)move;
        yield return context.Draft("PriceChanged", start, Math.Max(match.End, Math.Max(soFar?.End ?? 0, move?.End ?? 0)), [("subject", subject)],
            [("instrument", "share"), ("period", period), ("changePercent", move?.Percent), ("price", price.Amount), ("currency", price.Currency), ("ytdPercent", soFar?.Percent)]) with
        {
            When = when,
            Consumes = [.. new[] { price, soFar, figure }.OfType<Annotation>().Select(context.Source)],
        };
    }

    // 现股价 430 元, 4 月 30 日 118.6 元的收盘价, last traded at $231.80: a quote without its move.
    internal static IEnumerable<FactDraft> LastQuote(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var price = match.Get<MoneyValue>("price");
        var isOther = sentence.Contains([.. OtherPrices, "52周", "52-week", "最高", "最低", "发行价", "区间", "假设", "若", "均价"], Clauses.Start(sentence, match.Start), match.Start) || sentence.All<Mention>().Any(m => m.Kind == "metric" && m.Start >= match.Start && m.End <= match.End);
        if (isOther || context.Company(match.Start) is not { } subject)
            yield break;
        var move = match.Find<Span>("flat") is { } flat ? new Growth(flat.Start, flat.End, GrowthBasis.Unstated, 0, null) : MovedBehind(sentence, match.End);
        var figure = move is null ? null : sentence.Within<PercentValue>(move.Start, move.End).FirstOrDefault() ?? (Annotation)move;
        var (period, _) = move is null ? (null, null) : PricePeriods.Of(context, match.Start, match.End);
        var start = context.CompanyMention(match.Start)?.Start ?? match.Start;
        yield return context.Draft("PriceChanged", start, Math.Max(match.End, move?.End ?? 0), [("subject", subject)],
            [("instrument", "share"), ("period", period), ("changePercent", move?.Percent), ("price", price.Amount), ("currency", price.Currency)]) with
        {
            When = context.When(match.Start, match.End) ?? period,
            Status = Domain.Facts.FactStatus.Reported,
            Consumes = [.. new[] { price, figure }.OfType<Annotation>().Select(context.Source)],
        };
    }

    // 以 611.5 元作收，跌 0.6%; 昨收 11.9 元，全日无升跌: the move of the day behind its close.
    private static Growth? MovedBehind(Sentence sentence, int end)
    {
        var move = sentence.All<Growth>().FirstOrDefault(g => g.Basis == GrowthBasis.Unstated && g.Start >= end && g.Start - end <= 8);
        var isDaily = move is not null && sentence.Contains(["前一日", "前日", "上日", "前一天", "前一交易日", "上一交易日"], end, move.Start);
        return move is not null && (isDaily || Bridge.Weight(sentence, end, move.Start) <= 3) && !sentence.Contains(["今年", "年初", "本周", "本月", "累计", "全年", "年内", "YTD"], end, move.Start) ? move
            : sentence.Find(["全日无升跌", "无升跌", "平盘", "持平", "无涨跌"], end, Math.Min(sentence.End, end + 10)) is { } flat ? new Growth(flat.Start, flat.End, GrowthBasis.Unstated, 0, null) : null;
    }

    // 本周指数+0.86%，本月以来累计+11.47%: the same subject over another period; the year so far belongs to the move before.
    private static IEnumerable<FactDraft> PeriodMove(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var isYear = sentence.Contains(["今年以来", "年初至今"], match.Start, match.End);
        var subject = sentence.All<Mention>().LastOrDefault(m => m.End <= match.Start && m.Kind is EntityKind.Index or EntityKind.Sector or EntityKind.Company && m.End <= match.Start);
        return subject is null or { Kind: EntityKind.Company } || isYear || IsGrowthOfFigure(sentence, match) ? [] : Draft(match, context, Participant.Of(subject, sentence), match.Start, "index");
    }

    private static IEnumerable<FactDraft> Draft(PatternMatch match, SentenceContext context, Participant subject, int start, string instrument)
    {
        var sentence = context.Sentence;
        var move = match.Find<Growth>("move");
        var percent = match.Find<PercentValue>("signed") ?? match.Find<PercentValue>("percent");
        var isFall = match.Find<Span>("falls") is not null || (match.Find<Span>("rate") is { } rate && sentence.Slice(rate) == "跌幅");
        var size = move?.Percent ?? (isFall ? -Math.Abs(percent!.Percent) : percent!.Percent);
        Annotation figure = move is not null ? sentence.Within<PercentValue>(move.Start, move.End).FirstOrDefault() ?? (Annotation)move : percent!;
        var price = PriceBefore(sentence, start, figure.Start) ?? PriceBehind(sentence, match.End);
        var soFar = YearSoFar(sentence, match.End);
        var relative = sentence.All<PercentValue>().FirstOrDefault(p => p.IsPoints && p.Start >= match.End && p.Start < match.End + 24);
        var (period, when) = PricePeriods.Of(context, start, match.End);
        var end = Math.Max(match.End, price?.End ?? 0);
        yield return context.Draft("PriceChanged", start, end, [("subject", subject)],
            [
                ("instrument", instrument), ("period", period), ("changePercent", size), ("price", price is { } p ? p.Amount : null),
                ("currency", price is { Currency: { } currency } ? currency : null), ("ytdPercent", soFar?.Percent),
                ("relativePoints", relative is null ? null : IsBehind(sentence, relative) ? -Math.Abs(relative.Percent) : relative.Percent),
                ("bound", (move?.Bound ?? percent?.Bound).Word()),
            ]) with
        {
            When = when,
            Consumes = soFar is null ? [context.Source(figure)] : [context.Source(figure), context.Source(soFar)],
        };
    }

    // A、B、C 为涨幅前三，涨幅分别为 x%、y%、z%: as many names as figures, in the same order.
    private static IEnumerable<FactDraft> Respectively(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var figures = Listed.From(sentence, match.Get<PercentValue>("first"));
        var prices = sentence.All<MoneyValue>().LastOrDefault(m => m.End <= match.Start) is { } lastPrice ? Listed.To(sentence, lastPrice) : [];
        var listEnd = prices.Count == figures.Count ? sentence.Find(["分别", "依次", "报", "收"], sentence.Start, prices[0].Start)?.Start ?? prices[0].Start : match.Start;
        // 份额依次为 35.1%、21.4%: what is told off is another figure of theirs.
        if (figures.Count < 2 || sentence.Contains(["占", "份额", "比重"], listEnd, figures[0].Start) || sentence.Within<Mention>(sentence.Start, figures[0].Start).Any(m => m.Kind == "metric" && context.Report.Vocabulary.Entry(m.Id).MetricKinds.Any(kind => kind is "operating" or "account")))
            yield break;
        if (Listed.Before(sentence, listEnd, figures.Count) is not { } subjects)
            yield break;
        // The 跌幅 inside 涨跌幅 says nothing of the direction.
        var words = sentence.Slice(Math.Max(sentence.Start, match.Start - 4), match.End).Replace("涨跌幅", "", StringComparison.Ordinal);
        var isFall = sentence.Contains(Falls, Math.Max(sentence.Start, match.Start - 4), figures[0].Start) && words.Replace("跌幅", "", StringComparison.Ordinal) is var rest && (words.Length != rest.Length || Falls.Any(word => rest.Contains(word, StringComparison.Ordinal)));
        var points = sentence.All<PercentValue>().FirstOrDefault(p => p.IsPoints && p.Start >= figures[^1].End) is { } first ? Listed.From(sentence, first) : [];
        var isBehind = points.Count > 0 && sentence.Contains(["跑输", "落后"], figures[^1].End, points[0].Start);
        var (period, when) = PricePeriods.Of(context, match.Start, figures[^1].End);
        for (var i = 0; i < figures.Count; i++)
        {
            var size = isFall ? -Math.Abs(figures[i].Percent) : figures[i].Percent;
            yield return context.Draft("PriceChanged", subjects[0].Start, (points.Count == figures.Count ? points[^1] : figures[^1]).End, [("subject", Subject(sentence, subjects[i]))],
                [
                    ("instrument", "share"), ("period", period), ("changePercent", size),
                    ("price", prices.Count == figures.Count ? prices[i].Amount : null), ("currency", prices.Count == figures.Count ? prices[i].Currency : null),
                    ("relativePoints", points.Count == figures.Count ? isBehind ? -Math.Abs(points[i].Percent) : points[i].Percent : null),
                ]) with
            {
                When = when,
                Consumes = [context.Source(figures[i])],
            };
        }
    }

    // 浪潮信息、工业富联跌幅均超 2%: one figure for every name of the list.
    private static IEnumerable<FactDraft> OfAll(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var names = new List<Mention>();
        for (var at = match.Start; sentence.All<Mention>().LastOrDefault(m => m.Kind is EntityKind.Company or EntityKind.Index && m.End <= at) is { } name && sentence.Slice(name.End, at).Trim() is "" or "、" or "和" or "及" or "与" or "以及" or "股价" or "盘中" or "收盘"; at = name.Start)
            names.Insert(0, name);
        var isFall = match.Find<Span>("rate") is { } rate && sentence.Slice(rate) == "跌幅";
        if (names.Count < 2 || (match.Find<Growth>("move") is null && match.Find<Span>("rate") is null))
            yield break;
        var percent = match.Find<PercentValue>("percent");
        var size = match.Find<Growth>("move")?.Percent ?? (isFall ? -Math.Abs(percent!.Percent) : percent!.Percent);
        var (period, when) = PricePeriods.Of(context, names[0].Start, match.End);
        Annotation figure = match.Find<Growth>("move") is { } move ? sentence.Within<PercentValue>(move.Start, move.End).FirstOrDefault() ?? (Annotation)move : percent!;
        foreach (var name in names)
        {
            yield return context.Draft("PriceChanged", names[0].Start, match.End, [("subject", Participant.Of(name, sentence))],
                [("instrument", name.Kind == EntityKind.Index ? "index" : "share"), ("period", period), ("changePercent", size), ("bound", (match.Find<Growth>("move")?.Bound ?? percent?.Bound).Word())]) with
            {
                When = when,
                Consumes = [context.Source(figure)],
            };
        }
    }

    // ORCL, $241.60 as of 9 Sep close
    private static IEnumerable<FactDraft> AsOfClose(PatternMatch match, SentenceContext context)
    {
        var price = match.Get<MoneyValue>("price");
        var quoted = Quotee(context, price.Start) ?? (context.Company(price.Start) is { } company ? (company, price.Start) : null);
        if (quoted is not var (who, start))
            yield break;
        yield return context.Draft("PriceChanged", start, match.End, [("subject", who)], [("instrument", "share"), ("price", price.Amount), ("currency", price.Currency)]) with { Consumes = [context.Source(price)] };
    }

    // 个股涨跌幅表现：拼多多（-2.45%）、京东（-3.47%）
    private static IEnumerable<FactDraft> Bracketed(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var text = sentence.Passage.Text;
        var percent = match.Get<PercentValue>("percent");
        var open = percent.Start - 1;
        while (open > sentence.Start && text[open] == ' ')
            open--;
        if (open <= sentence.Start || text[open] is not '(')
            yield break;
        var start = open;
        while (start > sentence.Start && open - start < 24 && !"、,。:;".Contains(text[start - 1], StringComparison.Ordinal))
            start--;
        var name = new Span(sentence.SkipSpace(start), open);
        var isList = sentence.Contains(["涨跌幅", "涨幅", "跌幅", "表现", "performance", "movers"], sentence.Start, name.Start);
        if (!isList || name.Length is <= 0 or > 24 || !sentence.Slice(name).Any(char.IsLetterOrDigit))
            yield break;
        var (period, when) = PricePeriods.Of(context, name.Start, match.End);
        yield return context.Draft("PriceChanged", name.Start, match.End, [("subject", Subject(sentence, name))],
            [("instrument", "share"), ("period", period), ("changePercent", percent.Percent)]) with
        {
            When = when,
            Consumes = [context.Source(percent)],
        };
    }

    // 高盛 (996.73, 8.56, 0.87%): price, change, change in percent, as news wires print it.
    private static IEnumerable<FactDraft> Quoted(PatternMatch match, SentenceContext context)
    {
        var subject = match.Get<Mention>("subject");
        var percent = match.Get<PercentValue>("percent");
        var price = match.Get<NumberValue>("price");
        var entry = context.Report.Vocabulary.Entry(subject.Id);
        yield return context.Draft("PriceChanged", match.Start, match.End, [("subject", Participant.Of(subject, context.Sentence))],
            [("instrument", "share"), ("changePercent", percent.Percent), ("price", price.Amount), ("currency", entry.PriceCurrency())]) with
        {
            // Whoever whispers the rest of the sentence, the ticker's own bracket is the exchange's.
            Status = Domain.Facts.FactStatus.Reported,
            Consumes = [context.Source(percent), context.Source(price)],
        };
    }

    private static Participant Subject(Sentence sentence, Span name)
    {
        var known = sentence.Within<Mention>(name.Start, name.End).FirstOrDefault(m => m.Kind is EntityKind.Company && m.Start == name.Start);
        return known is not null ? Participant.Of(known, sentence) with { Name = sentence.Slice(name).Trim() } : Participant.Unknown(EntityKind.Company, sentence.Slice(name).Trim());
    }

    // …，今年以来漲幅擴大到 38.6%
    private static PercentValue? YearSoFar(Sentence sentence, int end) =>
        sentence.Find(["年初至今", "今年以来", "YTD", "year to date"], end, Math.Min(sentence.End, end + 40)) is { } ytd
            ? sentence.All<PercentValue>().FirstOrDefault(p => !p.IsPoints && p.Start >= ytd.End && p.Start <= ytd.End + 10)
            : null;

    // 比特币报 62557 美元，比上期末 +4.29%: the level stands between subject and move.
    private static (decimal Amount, string? Currency, int End)? PriceBefore(Sentence sentence, int start, int end)
    {
        if (sentence.Find(["报", "收于", "收在", "报收", "收报", "收", "价格为"], start, end) is not { } word)
            return null;
        return sentence.Annotations.FirstOrDefault(a => a.Start >= word.End && a.Start <= word.End + 2 && a.End <= end && a is MoneyValue or QuantityValue { Unit: "points" } && sentence.Slice(word.End, a.Start).IndexOfAny(['跌', '涨', '升', '挫', '泻', '市']) < 0) switch
        {
            MoneyValue money => (money.Amount, money.Currency, money.End),
            QuantityValue points => (points.Amount, null, points.End),
            _ => null,
        };
    }

    // 报 3950.31 点, 收于 215.33 美元, 至 246.15 美元: the level that the move led to.
    private static (decimal Amount, string? Currency, int End)? PriceBehind(Sentence sentence, int end)
    {
        // closed 1.8% lower in Seoul on Wednesday at KRW1,742,000: place and day stand between.
        var limit = Math.Min(sentence.End, end + (sentence.Find(["in", "on"], end, Math.Min(sentence.End, end + 4)) is null ? 16 : 40));
        var stop = sentence.Passage.Text.IndexOfAny([';', '。'], end, limit - end);
        limit = stop < 0 ? limit : stop;
        // SMCI +5.2%, INTC -2.6% to $38.12: what stands behind the next name or move is the next one's.
        limit = sentence.Annotations.Where(a => a.Start >= end && a.Start < limit && a is PercentValue or Mention { Kind: EntityKind.Company or EntityKind.Index } or Name { Candidates.Count: > 0 } && a.Start >= end).Select(a => a.Start).DefaultIfEmpty(limit).Min();
        if (sentence.Find(Levels, end, limit) is not { } word)
            return null;
        // What is counted in tens of millions is no price of a share.
        return sentence.Annotations.FirstOrDefault(a => a.Start >= word.End && a.Start <= word.End + 3 && a is MoneyValue { Amount: < 10_000_000m } or NumberValue or QuantityValue { Unit: "points" }) switch
        {
            MoneyValue money => (money.Amount, money.Currency, money.End),
            NumberValue number => (number.Amount, null, number.End),
            QuantityValue points => (points.Amount, null, points.End),
            _ => null,
        };
    }

    // A sector is traded as 板块 or 指数; AI 服务器出货量增速上调至 26% is not.
    private static bool IsTraded(Sentence sentence, Mention subject, PatternMatch match) =>
        subject.Kind != EntityKind.Sector
        || !sentence.Has("指数", subject.End, out _) && !sentence.Has("类股", subject.End, out _) && (sentence.Contains(["板块", "指数", "行业指数", "sector", "index"], subject.Start, match.End) && !sentence.Within<Mention>(subject.End, match.End).Any(m => m.Kind == "metric"));

    // 光模块出口金额同比-16.6%: a rate against a year or quarter ago is of a figure, not of a price.
    private static bool IsGrowthOfFigure(Sentence sentence, PatternMatch match) =>
        match.Find<PercentValue>("signed") is { } signed && sentence.All<Growth>().Any(g => g.Basis != GrowthBasis.Unstated && g.Start <= signed.Start && signed.End <= g.End);

    private static bool IsNearest(SentenceContext context, Mention subject, PatternMatch match) =>
        !context.Sentence.Within<Mention>(subject.End, match.End).Any(m => m.Kind is EntityKind.Company or EntityKind.Index && m.Start >= subject.End && !context.IsOblique(m))
        && !context.IsOblique(subject);

    private static bool IsBehind(Sentence sentence, PercentValue points) => sentence.Contains(["跑输", "落后", "lagging", "behind"], Math.Max(sentence.Start, points.Start - 14), points.Start);

    internal static bool IsTicker(string surface) => surface.Length is >= 2 and <= 5 && surface.All(char.IsAsciiLetterUpper);
}
