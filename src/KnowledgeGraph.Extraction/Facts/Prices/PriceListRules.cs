using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>Prices of things that are not traded: API calls, rented compute, subscriptions, devices.</summary>
public static class PriceListRules
{
    private static readonly string[] Rental = ["租赁价格", "租赁", "租金", "云价格", "租用", "出租", "按需", "抢占式", "rental", "on-demand", "spot"];
    // Of a chip or the machine that holds it; of software the same words are a subscription.
    internal static readonly string[] Leased = [.. Rental, "整机月租", "月租", "时租", "日租", "租价"];
    private static readonly string[] Subscription = ["月费", "月租", "每月资费", "资费", "订阅", "年费", "套餐", "包月", "subscription", "a month", "per month", "monthly"];
    private static readonly string[] Api = ["API", "token", "Token", "输入价", "输出价", "调用", "每百万"];
    private static readonly string[] Cached = ["缓存命中", "命中缓存", "缓存输入", "缓存价", "cached input", "cache hits", "cached tokens"];
    private static readonly string[] PriceWords = ["租赁价格", "云价格", "租金", "价格", "定价", "售价", "起售价", "月费", "月租", "每月资费", "资费", "收费", "报价", "输入价", "输出价", "输入", "输出", "input", "output", "price", "priced", "pricing", "costs", "cost", "rate"];
    internal static readonly string[] Into = ["上调至", "下调至", "涨至", "降至", "提高至", "上涨到", "提高到", "上调到", "下调到", "提升至", "调整为", "调整到", "调整至", "调为", "改到", "改按", "提至", "改卖", "改为", "改成", "变为", "变更为", "降为", "升为", "涨为", "减为", "上调为", "下调为", "至", "涨到", "降到", "抬到", "抬至", "抬升到", "升到", "升至", "跳到", "跳至", "砍到", "砍至", "掉到", "掉至", "跌到", "跌至", "变成", "改收", "调到", "调至", "拉到", "拉高到", "拉升到", "压到", "压至", "打到", "减至", "减到", "回落至", "回落到", "滑落至", "提到", "提升到", "上浮至", "to"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("price/from-to", Seq(Lit(PriceWords).As("word"), Gap(20, "。;"), Ann<MoneyValue>("from"), Opt(Lit("大幅")), Lit(Into), Ann<MoneyValue>("price")), FromTo),
        new("en/price/to-from", Seq(Lit("cut", "cuts", "raised", "raises", "lowered", "lowers", "increased", "hiked", "reduced", "dropped", "slashed").As("word"), Gap(48, "。;"), Lit("to"), Ann<MoneyValue>("price"), Gap(16, "。;,"), Lit("from"), Ann<MoneyValue>("from")), FromTo),
        new("zh/price/raises-price-of", Seq(Lit("上调", "下调", "提高", "调高", "调降", "降低", "调涨", "调升", "调低"), Opt(Lit("了")), Gap(24, "。;,").As("thing"), Lit("价格", "售价", "资费", "租金"), Gap(10, "。;"), Alt(Ann<Growth>("move", g => g.Basis == GrowthBasis.Unstated), Seq(Lit("涨幅", "幅度", "降幅", "升幅", "跌幅"), Opt(Lit("最高", "最大", "最多", "平均", "普遍", "均")), Opt(Lit("为", "达", "达到", "在", "约", "近", "逾", "超", "超过")), Opt(Lit("约", "近")), Ann<PercentValue>("percent")))), RaisesPriceOf),
        new("price/moves-price-by", Seq(Lit("上调", "下调", "调涨", "调升", "提高", "调高", "调降", "降低", "cut", "cuts", "cutting", "raise", "raises", "raised", "raising", "lower", "lowers", "lowered", "hike", "hikes", "hiked", "increase", "increases", "increased", "slash", "slashes", "slashed", "lift", "lifts", "lifted").As("verb"), Gap(6, "。;,"), Ann<Name>("thing", n => n.Kind is EntityKind.Model or EntityKind.Product or EntityKind.Chip), Gap(16, "。;,"), Lit("价格", "售价", "报价", "资费", "租金", "合约价", "现货价", "合约价格", "单价", "定价", "prices", "price", "pricing", "rates", "list prices", "contract prices").As("noun"), Opt(Lit("约", "by", "逾", "近", "幅度", "达", "some", "about", "around", "roughly", "more than")), Ann<PercentValue>("percent", p => !p.IsPoints)), MovesBy),
        new("en/price/used-to-be", Seq(Lit("used to be", "used to cost", "had been", "was previously", "previously cost", "once cost"), Ann<MoneyValue>("from"), Gap(40, "。"), Lit("now"), Gap(14, "。,;"), Ann<MoneyValue>("price")), UsedToBe),
        new("en/price/left-at", Seq(Lit("leaving", "left", "leaves", "keeping", "kept", "keeps"), Gap(8, "。;,"), Lit("input", "output").As("item"), Gap(24, "。;,"), Lit("at"), Ann<MoneyValue>("price")), LeftAt),
        new("en/price/stays-at", Seq(Lit("input", "output", "cached input").As("item"), Opt(Lit("price", "prices", "pricing", "rate", "rates", "tokens", "token", "side")), Lit("stays", "stayed", "remains", "remained", "holds", "held", "is still", "was left", "is left", "is kept", "was kept", "is unchanged", "unchanged", "is", "still", "goes to", "now costs", "costs"), Opt(Lit("unchanged", "put", "steady", "the same")), Opt(Lit("at")), Ann<MoneyValue>("price", m => m.High is null && m.Amount < 1000)), LeftAt),
        new("en/price/took-to", Seq(Lit("took", "takes", "taking", "brought", "brings", "bringing", "moved", "moves", "pushed", "pushes", "put", "puts", "drops", "dropped", "cut", "cuts", "lowered", "lowers", "raised", "raises", "lifted", "lifts"), Gap(12, "。;,"), Alt(Lit("input", "cached input", "cached-input").As("input"), Lit("output").As("output")), Gap(44, "。;,"), Opt(Lit("down", "up")), Lit("to"), Ann<MoneyValue>("price", m => m.High is null), Gap(30, "。;,"), Lit("from"), Ann<MoneyValue>("from")), TookTo),
        new("en/price/asked-per", Seq(Lit("asking", "asks", "asked", "charging", "charges", "charged", "quoting", "quotes", "quoted", "paying", "pays", "paid", "seeking", "wants", "offering", "offered"), Gap(30, "。;,"), Ann<MoneyValue>("price", m => m.High is null && m.Amount is > 5 and < 10_000_000m), Lit("per", "for a", "for each", "for every", "a", "an", "apiece for", "each for"), Opt(Lit("single")), Gap(10, "。;,"), Ann<Mention>("chip", m => m.Kind == EntityKind.Chip), Opt(Lit("stack", "card", "module", "wafer", "unit", "board", "chip", "GPU", "package").As("unit"))), AskedPer),
        new("price/rental-move", Seq(Lit("租赁价格", "云价格", "租金", "容量价格", "租用价格", "rental price", "rental prices", "rental rates"), Gap(16, "。;"), Ann<Growth>("move", g => g.Basis == GrowthBasis.Unstated)), RentalMove),
        new("price/per-hour", Ann<MoneyValue>("price", m => m.Per is "hour" or "GPU-hour" or "GPU/hour" or "hour/GPU" && m.High is null), ByHour),
        new("price/thing-price-move", Seq(Ann<Name>("thing", n => n.Kind is EntityKind.Model or EntityKind.Product), Opt(Lit("的")), Gap(8, "。;,"), Lit("价格", "定价", "售价", "资费", "费用", "单价", "API 价格", "price", "prices", "pricing"), Gap(8, "。;,"), Ann<Growth>("move", g => g.Basis == GrowthBasis.Unstated && g.Percent != 0)), ThingMove),
        new("zh/price/thing-rise", Seq(Ann<Name>("thing", n => n.Text.Length > 2 && !n.Text.StartsWith('“')), Gap(8, "。;,"), Ann<Growth>("move", g => g.Basis == GrowthBasis.Unstated && g.Percent != 0)), ThingRise),
        new("price/chip-price-move", Seq(Ann<Mention>("chip", m => m.Kind == EntityKind.Chip), Gap(10, "。;,"), Lit("价格", "供货价", "供应价", "采购价", "price", "prices"), Gap(10, "。;,"), Ann<Growth>("move", g => g.Basis == GrowthBasis.Unstated)), RentalMove),
        new("price/times-the-usual", Seq(Lit("价格", "定价", "price"), Gap(6, "。;"), Lit("平时", "原来", "此前", "平常", "usual", "normal"), Gap(4, "。;"), Ann<MultipleValue>("times")), TimesTheUsual),
        new("en/price/in-and-out", Seq(Ann<MoneyValue>("in"), Lit("in", "for input", "input"), Opt(Lit("and", ",", "/")), Ann<MoneyValue>("out"), Lit("out", "for output", "output")), InAndOut),
        new("price/per-unit", Ann<MoneyValue>("price", m => m.Per is not null && IsCall(m.Per)), Tokens),
        new("price/plans-respectively", Seq(Lit("月费", "月租", "每月资费", "资费", "售价", "定价", "订阅费", "价格").As("word"), Opt(Lit("分别")), Opt(Lit("为", "是")), Ann<MoneyValue>("first")), Plans),
        new("price/list-price", Seq(Lit("月费", "月租", "每月资费", "资费", "售价", "起售价", "定价", "订阅费", "价格", "收费", "priced at", "costs", "priced from", "price of").As("word"), Gap(8, "。;,"), Ann<MoneyValue>("price")), ListPrice),
        new("price/api-item", Seq(Lit(Cached).As("item"), Gap(8, "。;,"), Ann<MoneyValue>("price", m => m.Per is null && m.High is null)), CachedInput),
        new("price/plan-rate", Ann<MoneyValue>("price", m => m is { Per: "month" or "year", High: null }), PlanRate),
    ];

    private static IEnumerable<FactDraft> FromTo(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (from, price) = (match.Get<MoneyValue>("from"), match.Get<MoneyValue>("price"));
        var move = sentence.All<Growth>().FirstOrDefault(g => g.Start >= price.End && g.Start <= price.End + 8 && g.Basis == GrowthBasis.Unstated)?.Percent
            ?? sentence.All<PercentValue>().FirstOrDefault(p => p.Start >= price.End && p.Start <= price.End + 8)?.Percent;
        // The price word nearest to the figures is the one that they belong to.
        var isReversed = from.Start > price.Start;
        if ((isReversed && sentence.Contains(["target", "PT", "estimate", "estimates", "forecast", "EPS", "guidance", "stake", "capex"], match.Start, price.Start)) || (!isReversed && sentence.Contains(PriceWords, match.Get<Span>("word").End, from.Start)) || ((isReversed ? null : PlanTiers.Of(context, from.Start)) ?? Subject(context, isReversed ? price.Start : match.Start)) is not { } subject)
            yield break;
        yield return Draft(context, subject, match.Start, match.End, Instrument(context, match.Start, price.End, subject.Who),
            price, previous: from.Amount, change: Signed(move, from.Amount, price.Amount), isReversed ? null : ItemIn(sentence.Slice(match.Get<Span>("word").Start, from.Start)), PricePeriods.Week(context)) with
        {
            Consumes = [context.Source(price), context.Source(from)],
        };
    }

    // The rate that the text gives, with the sign of the move; where it gives both prices and no rate, the rate is theirs.
    private static decimal? Signed(decimal? rate, decimal from, decimal to) =>
        rate is { } given ? from > to ? -Math.Abs(given) : given
        : from > 0 ? Math.Round((to - from) / from * 100, 1)
        : null;

    // 上调 GN8 系列 GPU 实例价格，平均涨幅 15%
    private static IEnumerable<FactDraft> RaisesPriceOf(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var thing = sentence.Slice(match.Get<Span>("thing")).Trim().TrimEnd('的', ' ');
        var size = match.Find<Growth>("move")?.Percent ?? match.Get<PercentValue>("percent").Percent;
        var isDown = sentence.Has("下调", match.Start, out _) || sentence.Has("调降", match.Start, out _) || sentence.Has("调低", match.Start, out _) || sentence.Has("降低", match.Start, out _);
        if (thing.Length is < 2 or > 20)
            yield break;
        var name = sentence.Within<Name>(match.Start, match.End).FirstOrDefault(n => n.Kind is EntityKind.Model or EntityKind.Chip or EntityKind.Product && n.Text == thing);
        var who = name is null ? Participant.Unknown(EntityKind.Product, thing) : new Participant(name.Kind!, name.Text, name.Candidates);
        var isRental = thing.Contains("GPU", StringComparison.Ordinal) || thing.Contains("实例", StringComparison.Ordinal) || thing.Contains("算力", StringComparison.Ordinal);
        Annotation figure = sentence.Within<PercentValue>(match.Start, match.End).LastOrDefault() ?? (Annotation)match.Get<Growth>("move");
        yield return context.Draft("PriceChanged", match.Start, match.End, [("subject", who)],
            [("instrument", isRental ? "rental" : Instrument(context, match.Start, match.End, who)), ("changePercent", isDown ? -Math.Abs(size) : size), ("bound", sentence.Contains(["最高", "最大", "最多", "至多"], match.Start, figure.Start) ? "max" : null)]) with
        {
            Consumes = [context.Source(figure)],
        };
    }

    // 调涨 GB300 机柜报价约 6%, will cut HBM4 contract prices by 10%
    private static IEnumerable<FactDraft> MovesBy(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, thing, percent) = (sentence.Slice(match.Get<Span>("verb")), match.Get<Name>("thing"), match.Get<PercentValue>("percent"));
        var isDown = verb[0] is '下' or '降' || verb is "调降" || new[] { "cut", "low", "slash" }.Any(word => verb.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        var who = new Participant(thing.Kind!, thing.Text, thing.Candidates);
        var isRental = sentence.Contains(Rental, match.Start, match.End);
        var instrument = isRental ? "rental" : thing.Kind == EntityKind.Chip ? "device" : Instrument(context, match.Start, match.End, who);
        var move = isDown ? -Math.Abs(percent.Percent) : percent.Percent;
        var period = sentence.All<PeriodValue>().LastOrDefault(p => p.End <= match.Start) ?? sentence.All<PeriodValue>().FirstOrDefault(p => p.Start >= match.End && p.Start - match.End <= 10);
        yield return context.Draft("PriceChanged", match.Start, match.End, [("subject", who)], [("instrument", instrument), ("period", period?.Label), ("changePercent", move), ("bound", percent.Bound.Word())]) with { Consumes = [context.Source(percent)] };
    }

    // X used to be $20 a month; it is now $25.
    private static IEnumerable<FactDraft> UsedToBe(PatternMatch match, SentenceContext context)
    {
        var (from, price) = (match.Get<MoneyValue>("from"), match.Get<MoneyValue>("price"));
        if (from.Currency != price.Currency || from.Amount <= 0 || Subject(context, match.Start) is not { } subject)
            yield break;
        yield return Draft(context, subject, match.Start, match.End, Instrument(context, match.Start, match.End, subject.Who), price with { Per = price.Per ?? from.Per }, previous: from.Amount, change: Signed(null, from.Amount, price.Amount)) with { Consumes = [context.Source(price), context.Source(from)] };
    }

    // is asking Nvidia for about $560 per HBM4 stack: what one piece of it costs.
    private static IEnumerable<FactDraft> AskedPer(PatternMatch match, SentenceContext context)
    {
        var (price, chip) = (match.Get<MoneyValue>("price"), match.Get<Mention>("chip"));
        if (price.Per is "hour" or "GPU-hour" or "month" or "year" || context.Sentence.Contains(["hour", "month", "year", "rent", "lease"], price.End, match.End))
            yield break;
        yield return context.Draft("PriceChanged", match.Start, match.End, [("subject", Participant.Of(chip, context.Sentence))],
            [("instrument", "device"), ("price", price.Amount), ("currency", price.Currency), ("unit", match.Find<Span>("unit") is { } unit ? context.Sentence.Slice(unit).ToLowerInvariant() : null), ("bound", price.Bound.Word())]) with
        {
            Consumes = [context.Source(price)],
        };
    }

    // The input price of X: governed by its price, the model is what is spoken of all the same.
    private static (Participant Who, int Start)? Priced(SentenceContext context, int at) =>
        Nearest(context, at, name => (name.Kind ?? context.Report.Kinds.Kind(name)) == EntityKind.Model && !IsMaker(context, name), sentences: 1) ?? (context.Previous is { } before && Nearest(before, before.Sentence.End, name => (name.Kind ?? context.Report.Kinds.Kind(name)) == EntityKind.Model && !IsMaker(before, name), sentences: 1) is { } told ? (told.Who, at) : Subject(context, at, isSoftware: true));

    // took the input price of X down to $0.20 per million tokens from $0.30
    private static IEnumerable<FactDraft> TookTo(PatternMatch match, SentenceContext context)
    {
        var (price, from) = (match.Get<MoneyValue>("price"), match.Get<MoneyValue>("from"));
        var item = match.Find<Span>("output") is not null ? "output" : context.Sentence.Slice(match.Get<Span>("input")).StartsWith("cached", StringComparison.OrdinalIgnoreCase) ? "cached-input" : "input";
        if (from.Currency != price.Currency || Priced(context, price.Start) is not { } subject)
            yield break;
        var unit = item == "output" ? "1M output tokens" : "1M input tokens";
        yield return Draft(context, subject, match.Start, match.End, "api", price with { Per = price.Per is null or "1M tokens" ? unit : price.Per }, previous: from.Amount, change: Signed(null, from.Amount, price.Amount), item) with { Consumes = [context.Source(price), context.Source(from)] };
    }

    // …, leaving output where it was at $4.00
    private static IEnumerable<FactDraft> LeftAt(PatternMatch match, SentenceContext context)
    {
        var item = context.Sentence.Slice(match.Get<Span>("item")).ToLowerInvariant();
        var price = match.Get<MoneyValue>("price");
        // The cached input price is another item, and a figure replaced here belongs to the rules of moves.
        if (item == "input" && context.Sentence.Slice(Math.Max(context.Sentence.Start, match.Start - 8), match.Start).TrimEnd().EndsWith("cached", StringComparison.OrdinalIgnoreCase))
            return [];
        item = item.StartsWith("cached", StringComparison.Ordinal) ? "cached-input" : item;
        return Priced(context, match.Start) is { } subject ? [Draft(context, subject, match.Start, match.End, "api", price with { Per = price.Per ?? $"1M {(item == "cached-input" ? "input" : item)} tokens" }, previous: null, change: null, item)] : [];
    }

    // 个人版订阅 39 元/月: a rate by the month beside a word for a subscription.
    private static IEnumerable<FactDraft> PlanRate(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var price = match.Get<MoneyValue>("price");
        var clause = Clauses.Start(sentence, price.Start);
        var isPlain = Nearest(context, price.Start, name => name.Kind is EntityKind.Product or EntityKind.Model, sentences: 1) is { } plan && sentence.Slice(plan.Start, price.Start) is var said && Keeping.Any(verb => said.EndsWith(verb, StringComparison.OrdinalIgnoreCase)) && said.Length - plan.Who.Name.Length <= 18;
        if (!isPlain && !sentence.Contains(["订阅", "会员", "个人版", "专业版", "标准版", "企业版", "套餐", "月费", "subscription", "plan", "tier", "subscribers pay"], clause, Math.Min(sentence.End, price.End + 6)) || sentence.Contains([.. Leased, "收入", "营收", "人均", "客单", "revenue", "ARPU", "由", "从", "from"], clause, price.Start)
            || Nearest(context, price.Start, name => name.Kind is EntityKind.Product or EntityKind.Model, sentences: 1) is not { } subject)
            yield break;
        yield return Draft(context, subject, subject.Start, price.End, "subscription", price, previous: null, change: null);
    }

    // ChatGPT Plus remains $20 a month
    private static readonly string[] Keeping = ["remains ", "stays at ", "still ", "is ", "costs ", "starts at ", "stays ", "is now ", "维持", "仍为", "仍是", "只收", "收", "为", "涨到", "降到", "每月"];

    private static IEnumerable<FactDraft> RentalMove(PatternMatch match, SentenceContext context)
    {
        // Memory is sold, not rented.
        var isSold = match.Find<Mention>("chip") is { } part && Memory.Any(word => context.Sentence.Slice(part).Contains(word, StringComparison.OrdinalIgnoreCase)) && !context.Sentence.Contains(Rental[..^1], context.Sentence.Start, context.Sentence.End);
        // Spot and contract prices are told by rules of their own.
        if (isSold && context.Sentence.Contains(["spot", "contract", "现货", "合约", "均价", "供货价", "供应价", "采购价"], context.Sentence.Start, context.Sentence.End))
            yield break;
        var move = match.Get<Growth>("move");
        var named = match.Find<Mention>("chip") is { } chip ? (Participant.Of(chip, context.Sentence), chip.Start) : Subject(context, match.Start);
        if (named is not { } pair)
            yield break;
        var subject = (Who: pair.Item1, Start: pair.Item2);
        var (period, when) = PricePeriods.Of(context, match.Start, match.End);
        yield return context.Draft("PriceChanged", subject.Start, match.End, [("subject", subject.Who)],
            [("instrument", isSold ? "device" : "rental"), ("period", period), ("changePercent", move.Percent), ("bound", move.Bound.Word())]) with
        {
            When = when,
            Consumes = [context.Source(context.Sentence.Within<PercentValue>(move.Start, move.End).FirstOrDefault() ?? (Annotation)move)],
        };
    }

    // 将豆包推理价格下调四成: the move alone, without the price.
    private static IEnumerable<FactDraft> ThingMove(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (thing, move) = (match.Get<Name>("thing"), match.Get<Growth>("move"));
        if (sentence.All<MoneyValue>().Any(m => m.Start >= thing.End && m.Start <= match.End + 12))
            yield break;
        var who = new Participant(thing.Kind!, thing.Text, thing.Candidates);
        yield return context.Draft("PriceChanged", match.Start, match.End, [("subject", who)], [("instrument", Instrument(context, match.Start, match.End, who)), ("changePercent", move.Percent), ("bound", move.Bound.Word())]) with
        {
            Consumes = [context.Source(sentence.Within<PercentValue>(move.Start, move.End).FirstOrDefault() ?? (Annotation)move)],
        };
    }

    // 混元 API 全线提价三成: a move whose own word says that it is one of price.
    private static IEnumerable<FactDraft> ThingRise(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (thing, move) = (match.Get<Name>("thing"), match.Get<Growth>("move"));
        var kind = thing.Kind ?? context.Report.Kinds.Kind(thing) ?? (thing.Text.EndsWith("API", StringComparison.Ordinal) ? EntityKind.Product : null);
        var isPriced = sentence.Contains(["涨价", "提价", "降价", "加价", "调价"], move.Start, move.End);
        if (!isPriced || IsMaker(context, thing) || kind is not (EntityKind.Model or EntityKind.Product) || sentence.All<MoneyValue>().Any(m => m.Start >= thing.End && m.Start <= match.End + 12))
            return [];
        var who = new Participant(kind, thing.Text, thing.Candidates);
        return [context.Draft("PriceChanged", thing.Start, match.End, [("subject", who)], [("instrument", thing.Text.EndsWith("API", StringComparison.Ordinal) ? "api" : Instrument(context, match.Start, match.End, who)), ("changePercent", move.Percent), ("bound", move.Bound.Word())]) with
        {
            Consumes = [context.Source(sentence.Within<PercentValue>(move.Start, move.End).FirstOrDefault() ?? (Annotation)move)],
        }];
    }

    private static readonly string[] Memory = ["DRAM", "DDR", "HBM", "NAND", "SSD", "闪存"];

    private static readonly string[] OnDemand = ["按需", "on demand", "on-demand"];

    private static readonly string[] Spot = ["现货", "竞价", "抢占式", "spot", "interruptible"];

    // 单卡报 2.36 美元/小时，周环比 +4.0%; H100 on-demand at $2.41 an hour on Wednesday, 6% above a week earlier.
    private static IEnumerable<FactDraft> ByHour(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var price = match.Get<MoneyValue>("price");
        var named = context.AndEarlier.Take(3).SelectMany(here => here.Sentence.All<Mention>().Where(m => m.Kind == EntityKind.Chip && (here != context || m.End <= price.Start)).Reverse().Select(m => (Who: Participant.Of(m, here.Sentence), Start: here == context ? m.Start : price.Start))).FirstOrDefault();
        var end = price.End;
        // will charge $5.79 an hour for an on-demand B200: the card behind the rate, nearer than what a sentence before was about.
        if (context.Sentence.Has("for", sentence.SkipSpace(price.End), out var behind) && !sentence.All<Mention>().Any(m => m.Kind == EntityKind.Chip && m.End <= price.Start) && sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Chip && m.Start >= behind && m.Start - behind <= 26) is { } card && sentence.Slice(behind, card.Start).IndexOfAny([',', ';', '.']) < 0)
            (named, end) = ((Participant.Of(card, sentence), price.Start), card.End);
        var against = sentence.All<MoneyValue>().FirstOrDefault(m => m.Start > price.End && m.Start - price.End <= 70 && m.Currency == price.Currency && sentence.Slice(price.End, m.Start).TrimEnd() is var link && new[] { "against", "versus", "up from", "down from", ", from", "compared with", "vs", "vs." }.Any(word => link.EndsWith(word, StringComparison.OrdinalIgnoreCase)));
        // 由 2.95 美元/小时升至…, 年初仅为 2.35 美元: where it came from.
        if (named.Who is null || IsEarlier(sentence, price) || sentence.Slice(Math.Max(sentence.Start, price.Start - 5), price.Start).TrimEnd() is [.., '由' or '从' or '自'] or [.., 'f', 'r', 'o', 'm'] || sentence.All<Previous>().Any(p => p.Start <= price.Start && price.End <= p.End))
            yield break;
        var next = sentence.All<MoneyValue>().Where(m => m.Start >= price.End).Select(m => m.Start).Append(sentence.End).Min();
        var (move, figure) = MoveBehind(sentence, price.End, Math.Min(next, price.End + 48));
        // slipped 3% last week to $2.31 an hour
        if (move is null && sentence.All<Growth>().LastOrDefault(g => g.Start >= named.Start && g.End <= price.Start && price.Start - g.End <= 24) is { } led)
            (move, figure) = (led.Percent, sentence.Within<PercentValue>(led.Start, led.End).FirstOrDefault());
        var former = sentence.All<MoneyValue>().FirstOrDefault(m => m.Start >= price.End && m.Start - price.End <= 16 && m.Currency == price.Currency && IsEarlier(sentence, m)) ?? against;
        var before = sentence.Slice(sentence.Start, price.Start);
        var all = sentence.Text;
        var (period, when) = PricePeriods.Of(context, named.Start, end);
        yield return context.Draft("PriceChanged", named.Start, Math.Max(end, figure?.End ?? 0), [("subject", named.Who)],
            [
                ("instrument", "rental"), ("period", period), ("changePercent", move), ("price", price.Amount), ("previousPrice", Figure.Node(former?.Amount)), ("currency", price.Currency), ("unit", "hour"),
                ("item", OnDemand.Any(word => all.Contains(word, StringComparison.OrdinalIgnoreCase)) ? "on-demand" : Spot.Any(word => before.Contains(word, StringComparison.OrdinalIgnoreCase)) ? "spot" : null), ("bound", price.Bound.Word()),
            ]) with
        {
            When = when ?? context.When(named.Start, price.End),
            Consumes = [.. new[] { price, figure, former }.OfType<Annotation>().Select(context.Source)],
        };
    }

    private static readonly string[] Before = ["年初", "月初", "前一周", "前周", "上周", "一周前", "上月", "上月底", "一个月前", "去年底", "去年末", "去年同期", "一年前", "上季", "此前", "之前", "原为", "季初", "上期"];

    private static readonly string[] Was = ["仅为", "则为", "只有", "还是", "还只是", "为", "仅", "是", "报", "约", "还在", "不过", "才"];

    // 每卡时 2.95 美元,年初仅为 2.35 美元: what it was then.
    private static bool IsEarlier(Sentence sentence, MoneyValue price)
    {
        var from = Clauses.Start(sentence, price.Start);
        return sentence.Find(Before, from, price.Start) is { } then && then.Start <= from + 1 && sentence.Slice(then.End, price.Start).Trim() is var verb && (verb.Length == 0 || Was.Contains(verb, StringComparer.Ordinal));
    }

    // …, +4.0%; 6% above a week earlier; 持平
    private static (decimal? Move, Annotation? Figure) MoveBehind(Sentence sentence, int from, int to)
    {
        if (sentence.All<Growth>().FirstOrDefault(g => g.Start >= from && g.Start < to) is { } growth)
            return (growth.Percent, sentence.Within<PercentValue>(growth.Start, growth.End).FirstOrDefault());
        var percent = sentence.All<PercentValue>().FirstOrDefault(p => !p.IsPoints && p.Start >= from && p.Start < to);
        var side = percent is null || percent.IsSigned ? null : sentence.Slice(percent.End, Math.Min(sentence.End, percent.End + 8)).TrimStart() is var behind && behind.StartsWith("below", StringComparison.Ordinal) || sentence.Contains(["lower", "less", "cheaper"], percent!.End, Math.Min(sentence.End, percent.End + 10)) || sentence.Contains(["便宜", "低", "优惠", "折让", "降", "跌"], Math.Max(from, percent!.Start - 4), percent.Start) ? "-" : "+";
        return percent is null ? (null, null) : (side == "-" ? -percent.Percent : percent.Percent, percent);
    }

    // $0.30 in and $0.90 out: by the million tokens, as such prices always are.
    private static IEnumerable<FactDraft> InAndOut(PatternMatch match, SentenceContext context)
    {
        if (Subject(context, match.Start, isSoftware: true) is not { } subject)
            yield break;
        foreach (var (price, item) in new[] { (match.Get<MoneyValue>("in"), "input"), (match.Get<MoneyValue>("out"), "output") })
            yield return Draft(context, subject, match.Start, match.End, "api", price with { Per = price.Per ?? $"1M {item} tokens" }, previous: null, change: null, item);
    }

    private static bool IsCall(string per) => per.Contains("token", StringComparison.OrdinalIgnoreCase) || per is "image" or "call" or "s" or "min";

    // A price at twice another is a change of 100.
    private static IEnumerable<FactDraft> TimesTheUsual(PatternMatch match, SentenceContext context)
    {
        var times = match.Get<MultipleValue>("times");
        if (Subject(context, match.Start) is not { } subject)
            yield break;
        yield return context.Draft("PriceChanged", match.Start, match.End, [("subject", subject.Who)],
            [("instrument", Instrument(context, match.Start, match.End, subject.Who)), ("changePercent", (times.Times - 1) * 100)]) with
        {
            Consumes = [context.Source(times)],
        };
    }

    private static IEnumerable<FactDraft> Tokens(PatternMatch match, SentenceContext context)
    {
        var price = match.Get<MoneyValue>("price");
        // What is called by tokens or images is a model or a product on it, never the chip that it ran on.
        if ((ChargedFor(context, price) ?? Subject(context, price.Start, isSoftware: true)) is not { } subject)
            yield break;
        // 由每秒 0.35 元提到 0.5 元: the first is what it was.
        if (IsFormer(context.Sentence, price))
        {
            if (Successor(context.Sentence, price) is { } now)
                yield return Draft(context, subject, price.Start, now.End, "api", now with { Per = now.Per ?? price.Per }, previous: price.Amount, change: Behind(context.Sentence, price, now)) with { Consumes = [context.Source(price), context.Source(now)] };
            yield break;
        }

        if (context.Sentence.All<MoneyValue>().LastOrDefault(m => m.End <= price.Start) is { } former && IsFormer(context.Sentence, former) && Successor(context.Sentence, former) == price)
            yield break;
        foreach (var (tag, item) in Items(context.Sentence, price))
            yield return Draft(context, subject, tag.Start, tag.End, "api", tag, previous: null, change: ChangeOf(context.Sentence, tag, item), item);
    }

    // will charge $2.50 per million input tokens and $12 per million output tokens for Gemini 3.5 Pro: the model behind the prices, where none stands before them.
    private static (Participant Who, int Start)? ChargedFor(SentenceContext context, MoneyValue price)
    {
        var sentence = context.Sentence;
        bool IsModel(Name name) => (name.Kind ?? context.Report.Kinds.Kind(name)) == EntityKind.Model && !IsMaker(context, name);
        if (sentence.Find(["charge", "charges", "charging", "charged", "asks", "wants", "pay", "pays"], Math.Max(sentence.Start, price.Start - 60), price.Start) is not { } verb || sentence.All<Name>().Any(name => name.End <= price.Start && IsModel(name)))
            return null;
        return sentence.All<Name>().FirstOrDefault(name => name.Start >= price.End && IsModel(name)) is { } model && sentence.Slice(Math.Max(sentence.Start, model.Start - 5), model.Start).TrimEnd().EndsWith("for", StringComparison.OrdinalIgnoreCase) ? (new Participant(EntityKind.Model, model.Text, model.Candidates), verb.Start) : null;
    }

    private static bool IsFormer(Sentence sentence, MoneyValue price)
    {
        var lead = sentence.Slice(Math.Max(sentence.Start, price.Start - 14), price.Start);
        var from = Math.Max(lead.LastIndexOfAny(['由', '从', '自']), lead.LastIndexOf("from ", StringComparison.OrdinalIgnoreCase));
        return from >= 0 && lead.AsSpan(from).IndexOfAny(",;。、") < 0 && Successor(sentence, price) is not null;
    }

    // The price that another one became, right behind it.
    private static MoneyValue? Successor(Sentence sentence, MoneyValue price) =>
        sentence.All<MoneyValue>().FirstOrDefault(m => m.Start >= price.End && m.Start - price.End <= 16) is { } next && next.Currency == price.Currency && sentence.Find(Into, price.End, next.Start) is not null ? next : null;

    private static decimal? Behind(Sentence sentence, MoneyValue from, MoneyValue to)
    {
        var move = sentence.All<Growth>().FirstOrDefault(g => g.Start >= to.End && g.Start <= to.End + 8 && g.Basis == GrowthBasis.Unstated)?.Percent ?? sentence.All<PercentValue>().FirstOrDefault(p => p.Start >= to.End && p.Start <= to.End + 8)?.Percent;
        return Signed(move, from.Amount, to.Amount);
    }

    // 输入从 4 元降到 2.6 元…; 缓存命中部分维持 0.6 元: the last of a list whose unit was said before.
    private static IEnumerable<FactDraft> CachedInput(PatternMatch match, SentenceContext context)
    {
        var (sentence, price) = (context.Sentence, match.Get<MoneyValue>("price"));
        var isApi = context.AndEarlier.Take(2).Any(here => here.Sentence.Contains(Api, here.Sentence.Start, here.Sentence.End));
        if (!isApi || sentence.Contains(["由", "从", "from"], match.Get<Span>("item").End, price.Start) || Subject(context, price.Start, isSoftware: true) is not { } subject)
            yield break;
        var isMillion = context.AndEarlier.Take(2).Any(here => here.Sentence.Contains(["百万", "million", "1M"], here.Sentence.Start, here.Sentence.End));
        yield return Draft(context, subject, match.Start, match.End, "api", isMillion ? price with { Per = "1M input tokens" } : price, previous: null, change: null, "cached-input");
    }

    // 输入、输出价格分别为每百万 tokens 1 元和 4 元: the unit is said once, the items in turn.
    private static IEnumerable<(MoneyValue Price, string? Item)> Items(Sentence sentence, MoneyValue price)
    {
        var run = Listed.From(sentence, price);
        var isInTurn = run.Count == 2 && sentence.Find(["输入、输出", "输入和输出", "输入与输出", "输入/输出", "input and output"], Math.Max(sentence.Start, price.Start - 40), price.Start) is not null;
        if (isInTurn)
            return [(run[0], "input"), (run[1] with { Per = price.Per }, "output")];
        // 每百万输入 token 5 美元、输出 token 25 美元: the second is by the same number of tokens.
        var next = sentence.All<MoneyValue>().FirstOrDefault(m => m.Start >= price.End && m.Start - price.End <= 16);
        var isOutput = next is { Per: null, High: null } && next.Currency == price.Currency && sentence.Contains(["输出", "output"], price.End, next.Start) && Item(sentence, price) == "input";
        return isOutput ? [(price, "input"), (next! with { Per = "1M output tokens" }, "output")] : [(price, Item(sentence, price))];
    }

    // 均较上代降价 50%; 其中输出价下调六成
    private static decimal? ChangeOf(Sentence sentence, MoneyValue price, string? item)
    {
        var word = item switch { "input" => "输入价", "output" => "输出价", _ => "均" };
        // …输出 24 元, 较 X 贵五成: what follows the whole list is of each price in it.
        var rest = sentence.All<MoneyValue>().Where(m => m.Start >= price.Start).Select(m => m.End).DefaultIfEmpty(price.End).Max();
        // …, 前者比上一代便宜 25%: of one of the two.
        var isOther = sentence.Contains(["前者"], rest, Math.Min(sentence.End, rest + 4)) && item == "output" || sentence.Contains(["后者"], rest, Math.Min(sentence.End, rest + 4)) && item != "output";
        if (!isOther && sentence.Find(["较", "比", "相比", "than"], rest, Math.Min(sentence.End, rest + 4)) is { } than && Compared(sentence, than.End) is { } compared)
            return compared;
        // halved its output rate to $7: the cut before the price that it led to.
        if (sentence.All<Growth>().LastOrDefault(g => g is { Basis: GrowthBasis.Unstated, Percent: < 0 } && g.End <= price.Start && price.Start - g.End <= 48) is { } cut && sentence.Find(Into, cut.End, price.Start) is not null && sentence.Slice(cut.End, price.Start).IndexOfAny([';', '。']) < 0)
            return cut.Percent;
        foreach (var cue in new[] { "均", word })
        {
            if (sentence.Find([cue], price.End, sentence.End) is { } at && sentence.All<Growth>().FirstOrDefault(g => g.Start >= at.End && g.Start <= at.End + 14 && g.Basis == GrowthBasis.Unstated && sentence.Slice(at.End, g.Start).IndexOf(',', StringComparison.Ordinal) < 0) is { } move)
                return move.Percent;
        }

        return null;
    }

    private static decimal? Compared(Sentence sentence, int from)
    {
        var end = Clauses.End(sentence, from);
        if (sentence.All<Growth>().FirstOrDefault(g => g.Start >= from && g.End <= end && g.Basis is GrowthBasis.Unstated) is { } growth)
            return growth.Percent;
        var percent = sentence.All<PercentValue>().FirstOrDefault(p => p.Start >= from && p.End <= end && !p.IsPoints);
        return percent is null ? null : sentence.Contains(["贵", "高", "涨"], Math.Max(from, percent.Start - 3), percent.Start) ? percent.Percent
            : sentence.Contains(["便宜", "低", "省", "降"], Math.Max(from, percent.Start - 4), percent.Start) ? -percent.Percent : null;
    }

    private static IEnumerable<FactDraft> ListPrice(PatternMatch match, SentenceContext context)
    {
        var price = match.Get<MoneyValue>("price");
        if (price.High is not null || price.Per == "share" || context.Sentence.Contains(["由", "从", "自", "from"], match.Start, price.Start) || Subject(context, match.Start) is not { } subject)
            yield break;
        yield return Draft(context, subject, match.Start, match.End, Instrument(context, match.Start, price.End, subject.Who), price, previous: null, change: null);
    }

    // Token Plan 包括基础版、专业版、旗舰版三种，每月资费为 39.9 元、159.9 元、299.9 元: as many plans as prices.
    private static IEnumerable<FactDraft> Plans(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var prices = Listed.From(sentence, match.Get<MoneyValue>("first"));
        if (prices.Count < 2 || Listed.Before(sentence, match.Start, prices.Count) is not { } plans)
            yield break;
        var line = sentence.All<Name>().LastOrDefault(name => name.End <= plans[0].Start);
        for (var i = 0; i < plans.Count; i++)
        {
            var plan = sentence.Slice(plans[i]);
            var who = Participant.Unknown(EntityKind.Product, line is null || plan.Contains(line.Text, StringComparison.Ordinal) ? plan : $"{line.Text} {plan}");
            yield return Draft(context, (who, line?.Start ?? plans[0].Start), match.Start, prices[^1].End, Instrument(context, match.Start, prices[^1].End, who), prices[i], previous: null, change: null);
        }
    }

    private static FactDraft Draft(SentenceContext context, (Participant Who, int Start) subject, int start, int end, string instrument, MoneyValue price, decimal? previous, decimal? change, string? item = null, string? week = null)
    {
        var sentence = context.Sentence;
        var from = Math.Max(sentence.Start, Math.Min(start, subject.Start >= 0 ? subject.Start : start));
        return context.Draft("PriceChanged", from, end, [("subject", subject.Who)],
            [
                ("instrument", instrument), ("period", week), ("price", price.Amount), ("previousPrice", previous), ("changePercent", change), ("currency", price.Currency),
                ("unit", price.Per ?? (instrument == "subscription" ? "month" : null)), ("item", item ?? Item(sentence, price)), ("bound", price.Bound.Word()),
            ]) with
        {
            Consumes = [context.Source(price)],
        };
    }

    /// <summary>What costs it: the nearest model, chip or product named before, in this sentence or the one that went on about it.</summary>
    private static (Participant Who, int Start)? Subject(SentenceContext context, int at, bool isSoftware = false)
    {
        // What is called by tokens is a model before it is a product that takes it up, and never what it is built on or compared with.
        if (isSoftware && Nearest(context, at, name => (name.Kind ?? context.Report.Kinds.Kind(name)) == EntityKind.Model && !IsMaker(context, name) && !Subjects.IsOblique(context, name), sentences: 3) is { } model)
            return model;
        if (Nearest(context, at, name => name.Kind is EntityKind.Model or EntityKind.Product or null || (name.Kind is EntityKind.Chip && !isSoftware), int.MaxValue) is { } named)
            return named;
        // A point under the item that names the thing.
        return context.Topic.Thing is { } topic && (!isSoftware || topic.Kind == EntityKind.Model) ? (topic, at) : null;
    }

    /// <summary>The plan or product that is sold by the month: the nearest one named before a position.</summary>
    internal static (Participant Who, int Start)? Plan(SentenceContext context, int at) => Nearest(context, at, name => name.Kind is EntityKind.Product or EntityKind.Model, sentences: 2);

    private static (Participant Who, int Start)? Nearest(SentenceContext context, int at, Func<Name, bool> isMeant, int sentences)
    {
        foreach (var here in context.AndEarlier.Take(sentences))
        {
            var limit = ReferenceEquals(here, context) ? at : here.Sentence.End;
            if (here.Sentence.All<Name>().LastOrDefault(n => n.End <= limit && isMeant(n) && IsSpecific(here, n) && !IsOnBoard(here.Sentence, n)) is { } name)
                return (new Participant(name.Kind ?? EntityKind.Product, name.Text, name.Candidates), ReferenceEquals(here, context) ? name.Start : at);
        }

        return null;
    }

    // 搭载 96GB GDDR7, 建议售价…: the memory is on board of what is sold.
    private static bool IsOnBoard(Sentence sentence, Name name) => sentence.All<QuantityValue>().Any(q => q.Unit is "GB" or "TB" && q.End <= name.Start && name.Start - q.End <= 2);

    // DeepSeek, Kimi: where maker and models share a name, the bare name is the maker's.
    private static bool IsMaker(SentenceContext context, Name name) => context.Report.Vocabulary.MatchWhole(name.Text, EntityKind.Company) is not null;

    private static bool IsSpecific(SentenceContext context, Name name) =>
        name.Kind is not null || context.Report.Vocabulary.MatchWhole(name.Text, EntityKind.Company) is null && name.Text.Any(char.IsAsciiDigit) && char.IsLetter(name.Text[0]);

    private static string Instrument(SentenceContext context, int start, int end, Participant subject)
    {
        var sentence = context.Sentence;
        var from = Math.Max(sentence.Start, start - 24);
        return sentence.Contains(Leased, from, end) && subject.Kind == EntityKind.Chip || sentence.Contains(Rental, from, end) && sentence.Contains(["GPU"], from, end) ? "rental"
            : sentence.Contains(Subscription, from, Math.Min(sentence.End, end + 6)) ? "subscription"
            : subject.Kind == EntityKind.Model || sentence.Contains(Api, from, end) || sentence.All<MoneyValue>().Any(m => m.End <= end && m.End > from && m.Per?.Contains("token", StringComparison.Ordinal) == true) ? "api"
            : sentence.Contains(["眼镜", "手机", "机器人", "设备", "glasses", "phone", "robot", "headset"], sentence.Start, end) ? "device"
            : "service";
    }

    private static string? ItemIn(string words) =>
        words.Contains("缓存", StringComparison.Ordinal) ? "cached-input" : words.Contains("输出", StringComparison.Ordinal) ? "output" : words.Contains("输入", StringComparison.Ordinal) ? "input" : null;

    private static string? Item(Sentence sentence, MoneyValue price)
    {
        // 输入 4 元/百万 tokens,缓存命中 0.8 元
        if (sentence.Contains(Cached, Math.Max(sentence.Start, price.Start - 8), price.Start))
            return "cached-input";
        var before = sentence.Slice(Math.Max(sentence.Start, price.Start - 16), price.End);
        var behind = sentence.Slice(price.End, Math.Min(sentence.End, price.End + 12));
        var input = Math.Max(before.LastIndexOf("输入", StringComparison.Ordinal), before.LastIndexOf("input", StringComparison.OrdinalIgnoreCase));
        var output = Math.Max(before.LastIndexOf("输出", StringComparison.Ordinal), before.LastIndexOf("output", StringComparison.OrdinalIgnoreCase));
        if (input < 0 && output < 0)
            return behind.Contains("input", StringComparison.OrdinalIgnoreCase) ? "input" : behind.Contains("output", StringComparison.OrdinalIgnoreCase) ? "output"
                : before.Contains("按需", StringComparison.Ordinal) ? "on-demand" : before.Contains("抢占式", StringComparison.Ordinal) ? "spot" : null;
        var item = input > output ? "input" : "output";
        return item == "input" && (before.Contains("缓存", StringComparison.Ordinal) || sentence.Contains(["cached", "cache"], Math.Max(sentence.Start, price.Start - 28), price.Start)) ? "cached-input" : item;
    }
}
