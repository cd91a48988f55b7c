using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Figures whose unit, with a word near it, says what they measure: speed, context, memory, latency, running time, tool calls.</summary>
public static class SpecificationRules
{
    private static readonly string[] Context = ["上下文", "脉络", "长文本", "长文", "窗口为", "窗口达", "窗口长", "窗口扩", "窗口拉", "窗口升", "窗口从", "窗口由", "窗口增", "窗口提", "窗口约", "视窗", "context", "window"];

    private static readonly string[] Output = ["最大单次输出", "最大输出", "最长输出", "单次最大输出", "单次输出", "最长可输出", "最多可输出", "单次最长", "可一次输出", "一次可输出", "最多输出", "最大生成", "in one go", "in a single response", "of output at once", "emit", "max output", "maximum output", "output limit", "output tokens", "of output"];

    private static readonly string[] Memory = ["内存", "显存", "HBM", "HBM3", "HBM3E", "HBM4", "HBM4E", "记忆体", "GDDR", "GDDR6", "GDDR6X", "GDDR7", "DRAM", "LPDDR5X", "LPDDR6", "memory", "VRAM", "LPDDR", "RAM", "缓存", "SRAM"];

    /// <summary>Whether a text has a word for memory.</summary>
    public static bool IsMemory(string text) => Memory.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] Latency = ["延迟", "时延", "耗时", "响应时间", "首字", "首Token", "首 Token", "latency", "response time", "time to first token", "in under", "生成时间", "生成一张", "生成一段", "生成单张", "生成一个", "生成一条", "出图", "出片", "只需", "仅需", "约需", "只用", "仅用", "用时", "需时", "费时", "首包", "响应", "应答", "打断", "renders", "rendered", "answers in", "responds in", "replies in", "answers", "turnaround", "seconds flat"];

    private static readonly string[] Running = ["连续运行", "持续运行", "自主运行", "独立运行", "连续工作", "持续工作", "自主工作", "独立工作", "不间断", "续航", "autonomously", "runs for", "ran for", "run for", "work for", "works for", "continuous", "on its own", "battery life", "零中断"];

    private static readonly string[] Video = ["视频", "影片", "短片", "video", "clip", "clips", "footage"];

    // What a product has or takes a number of; the noun is the unit.
    private static readonly string[] Counted = ["Agent", "Agents", "智能体", "技能", "办事技能", "语言", "方言", "语种", "图片", "图像", "输入图片", "张图", "languages", "dialects", "agents", "skills", "images", "reference images"];

    private static readonly string[] Having = ["支持", "内置", "预设", "提供", "覆盖", "最多", "读入", "识别", "认", "听懂", "会讲", "扩至", "覆盖到", "支持到", "可以说", "可说", "能讲", "会说", "上线", "精选", "集成", "包含", "配备", "处理", "supports", "support", "up to", "handles", "speaks", "covers", "ships with", "includes", "takes"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("capability/output-speed", Ann<QuantityValue>("value", q => q.Unit == "tokens/s"), OutputSpeed),
        new("capability/frames", Alt(Ann<QuantityValue>("value", q => q.Unit == "fps"), Seq(Ann<NumberValue>("number", n => n.High is null && n.Amount is >= 1 and < 2_000), Lit("帧/秒", "帧每秒", "帧", "fps", "FPS", "frames per second", "frames a second").As("unit"))), Frames),
        new("capability/tokens", Alt(Ann<QuantityValue>("value", q => q.Unit == "tokens"), Ann<NumberValue>("number", IsThousands)), Tokens),
        new("capability/memory", Ann<QuantityValue>("value", q => q.Unit is "GB" or "TB" or "MB"), (match, context) => Near(match, context, Memory, 14, "memory")),
        new("capability/hardware", Ann<QuantityValue>("value", q => q.Unit is "GB/s" or "TB/s" or "Gb/s" or "Tb/s" or "PB/s" or "Hz" or "petaflops" or "exaflops" or "teraflops" or "TOPS"), (match, context) => Capability.Of(match.Get<QuantityValue>("value"), "other").Drafts(context)),
        new("capability/power", Ann<QuantityValue>("value", q => q.Unit == "W"), Power),
        new("capability/holds", Ann<QuantityValue>("value", q => q.Unit is "GPUs" or "chips" or "CPUs" or "TPUs"), Holds),
        new("capability/counted-before", Seq(Lit("语言", "方言", "语种", "languages", "dialects").As("noun"), Gap(7, "。；，、,;"), Ann<QuantityValue>("value", q => q.Unit == "count")), CountedBefore),
        new("capability/latency", Ann<QuantityValue>("value", q => q.Unit is "s" or "ms"), (match, context) => IsLength(match, context) ? [] : Near(match, context, Latency, 20, "latency")),
        new("capability/clip-length", Ann<QuantityValue>("value", q => q.Unit is "s" or "min"), (match, context) => Near(match, context, Video, 10, "max-output")),
        new("capability/runtime", Ann<QuantityValue>("value", q => q.Unit is "h" or "min" or "days"), (match, context) => Near(match, context, Running, 20, "runtime")),
        new("capability/tool-calls", Ann<QuantityValue>("value", q => q.Unit is "calls" or "times"), ToolCalls),
        new("capability/images-in", Ann<QuantityValue>("value", q => q.Unit is "images" or "agents"), (match, context) => IsHad(match, context) ? Capability.Of(match.Get<QuantityValue>("value"), "other").Drafts(context) : []),
        new("capability/counted", Seq(Ann<QuantityValue>("value", q => q.Unit is "count" or "pieces" or "images" or "agents" or "pages"), Gap(4, "。；，、,;"), Lit(Counted).As("noun")), HasMany),
        new("capability/counted-plain", Seq(Lit(Having), Gap(8, "。；，、,;"), Ann<NumberValue>("number"), Gap(16, "。；，、,;"), Lit("languages", "dialects", "agents", "skills", "images").As("noun")), HasManyPlain),
        new("capability/pages-a-day", Ann<QuantityValue>("value", q => q.Unit is "pages" or "pages/day"), PagesADay),
        new("capability/parameters-of-base", Seq(Ann<QuantityValue>("value", q => q.Unit == "parameters"), Lit("的"), Gap(4), Ann<Name>("name")), Parameters),
    ];

    private static IEnumerable<FactDraft> OutputSpeed(PatternMatch match, SentenceContext context)
    {
        var value = match.Get<QuantityValue>("value");
        return context.Sentence.Contains(["调用量", "消耗", "处理量", "日均"], Clauses.Start(context.Sentence, value.Start), value.Start) ? [] : Capability.Of(value, "output-speed", "tokens/s").Drafts(context);
    }

    // What a chip draws; what a site draws is its capacity.
    private static IEnumerable<FactDraft> Power(PatternMatch match, SentenceContext context) =>
        Capability.Of(match.Get<QuantityValue>("value"), "other").Drafts(context).Where(draft => draft.Roles["subject"].All(subject => subject.Kind is EntityKind.Chip or EntityKind.Product));

    private static readonly string[] Holding = ["集成", "装有", "装下", "塞进", "塞入", "内含", "容纳", "一柜", "单柜", "整柜", "每柜", "整机", "由", "carries", "packs", "holds", "houses", "fits", "crams", "links", "connects", "contains", "combines"];

    // carries 256 LP30 chips, 一柜 72 颗 GPU, or a clause of its own behind the name (…, 15488 卡, …); not how many somebody buys.
    private static IEnumerable<FactDraft> Holds(PatternMatch match, SentenceContext context)
    {
        var (sentence, value) = (context.Sentence, match.Get<QuantityValue>("value"));
        var (clause, end) = (Clauses.Start(sentence, value.Start), Clauses.End(sentence, value.End));
        var isAlone = end - value.End <= 2 && sentence.Slice(clause, value.Start).Trim() is "" or "共" or "可组" && value.Amount >= 8;
        if ((!isAlone && !sentence.Contains(Holding, Math.Max(clause, value.Start - 8), value.Start)) || sentence.Contains(["采购", "订单", "部署", "购买", "租", "训练", "集群", "order", "orders", "bought", "buy", "deploy", "deployed", "train", "trained", "cluster", "ship", "shipped"], clause, end))
            return [];
        return Capability.Of(value, "other").Drafts(context, allowCarried: false).Where(draft => draft.Roles["subject"].All(subject => subject.Kind is EntityKind.Chip or EntityKind.Product));
    }

    // 方言覆盖扩至 23 种
    private static IEnumerable<FactDraft> CountedBefore(PatternMatch match, SentenceContext context) =>
        Capability.Of(match.Get<QuantityValue>("value"), "other", context.Sentence.Slice(match.Get<Span>("noun"))).Drafts(context);

    private static readonly string[] Rate = ["/秒", "每秒", "帧率", "fps", "per second", "a second", "实时"];

    // 每秒 24 帧, 24 帧/秒; 81 frames alone are a clip's length.
    private static IEnumerable<FactDraft> Frames(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        Annotation value = match.Find<QuantityValue>("value") is { } quantity ? quantity : match.Get<NumberValue>("number");
        if (match.Find<NumberValue>("number") is { } && !sentence.Contains(Rate, Math.Max(sentence.Start, value.Start - 6), Math.Min(sentence.End, match.End + 3)))
            return [];
        var (amount, bound) = value is QuantityValue q ? (q.Amount, q.Bound) : (((NumberValue)value).Amount, ((NumberValue)value).Bound);
        return new Capability(value, "output-speed", amount, "fps", value.Start, match.End) { Bound = bound }.Drafts(context);
    }

    // 128K 最大单次输出, 上下文长度 200K: a bare number with its thousands, whose word stands beside it.
    private static bool IsThousands(NumberValue number) => number.High is null && number.Amount is >= 1_000 and <= 100_000_000 && number.Amount % 1_000 == 0;

    private static IEnumerable<FactDraft> Tokens(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        Annotation value = match.Find<QuantityValue>("value") is { } quantity ? quantity : match.Get<NumberValue>("number");
        // A quantity may cover its own word (200K 上下文).
        if (Formers.IsFormer(sentence, value))
            return [];
        var near = Formers.Before(sentence, value) ?? value;
        var output = Distance(sentence, near, Output, 12) ?? Distance(sentence, value, Output, 12);
        var window = Distance(sentence, near, Context, 10) ?? Distance(sentence, value, Context, 10);
        var metric = output is not null && (window is null || output <= window) ? "max-output" : window is not null ? "context-window" : null;
        if (metric is null || sentence.Within<QuantityValue>(value.Start, value.End).Any(q => q.Unit != "tokens"))
            return [];
        var amount = value is QuantityValue q ? q.Amount : ((NumberValue)value).Amount;
        return amount < 1_000 ? [] : new Capability(value, metric, amount, "tokens", value.Start, value.End).Drafts(context);
    }

    private static int? Distance(Sentence sentence, Annotation value, string[] words, int reach)
    {
        if (sentence.Contains(words, value.Start, value.End))
            return 0;
        var behind = sentence.Find(words, value.End, Math.Min(sentence.End, value.End + reach));
        var isCut = behind is { } found && sentence.Slice(value.End, found.Start).Any(c => c is ',' or '，' or '、' or '与' or '和');
        var before = sentence.Find(words, Math.Max(sentence.Start, value.Start - reach - 4), value.Start);
        var isCutBefore = before is { } earlier && sentence.Slice(earlier.End, value.Start).Any(c => c is ',' or '，' or '、' or '与' or '和');
        int? after = behind is { } b && !isCut ? b.Start - value.End : null;
        int? ahead = before is { } a && !isCutBefore ? value.Start - a.End : null;
        return after is null ? ahead : ahead is null ? after : Math.Min(after.Value, ahead.Value);
    }

    private static IEnumerable<FactDraft> Near(PatternMatch match, SentenceContext context, string[] words, int reach, string metric)
    {
        var value = match.Get<QuantityValue>("value");
        var near = Formers.Before(context.Sentence, value) ?? value;
        return !Formers.IsFormer(context.Sentence, value) && (Distance(context.Sentence, value, words, reach) ?? Distance(context.Sentence, near, words, reach)) is not null ? Capability.Of(value, metric).Drafts(context) : [];
    }

    // 支持 15 秒镜头, a 10-second clip: how long what it makes is.
    private static bool IsLength(PatternMatch match, SentenceContext context)
    {
        var (sentence, value) = (context.Sentence, match.Get<QuantityValue>("value"));
        return sentence.Contains(["视频", "影片", "短片", "镜头", "片段", "长镜头", "clip", "clips", "video", "footage", "audio", "音频"], value.End, Math.Min(sentence.End, value.End + 6)) || sentence.Contains(["最长", "上限", "up to"], Math.Max(sentence.Start, value.Start - 5), value.Start);
    }

    private static IEnumerable<FactDraft> ToolCalls(PatternMatch match, SentenceContext context)
    {
        var value = match.Get<QuantityValue>("value");
        var isTool = context.Sentence.Contains(["工具", "tool", "tools", "tool calls"], Math.Max(context.Sentence.Start, value.Start - 12), Math.Min(context.Sentence.End, value.End + 10));
        return isTool && (value.Unit == "calls" || context.Sentence.Contains(["工具调用", "调用工具", "调用外部工具", "tool calls", "tools"], Math.Max(context.Sentence.Start, value.Start - 12), Math.Min(context.Sentence.End, value.End + 10))) ? Capability.Of(value, "tool-calls", "calls").Drafts(context) : [];
    }

    private static IEnumerable<FactDraft> HasMany(PatternMatch match, SentenceContext context)
    {
        var value = match.Get<QuantityValue>("value");
        return IsHad(match, context)
            ? Capability.Of(value, "other", context.Sentence.Slice(match.Get<Span>("noun"))).Drafts(context).Select(draft => draft with { End = Math.Max(draft.End, context.Source(match.Get<Span>("noun")).End) })
            : [];
    }

    private static bool IsHad(PatternMatch match, SentenceContext context) => context.Sentence.Contains(Having, Clauses.Start(context.Sentence, match.Start), match.Start);

    private static IEnumerable<FactDraft> HasManyPlain(PatternMatch match, SentenceContext context)
    {
        var value = match.Get<NumberValue>("number");
        return new Capability(value, "other", value.Amount, context.Sentence.Slice(match.Get<Span>("noun")), value.Start, match.End) { Bound = value.Bound }.Drafts(context);
    }

    private static IEnumerable<FactDraft> PagesADay(PatternMatch match, SentenceContext context)
    {
        var value = match.Get<QuantityValue>("value");
        var isDaily = value.Unit == "pages/day" || context.Sentence.Contains(["每天", "每日", "单日", "a day", "per day", "daily"], Math.Max(context.Sentence.Start, value.Start - 12), Math.Min(context.Sentence.End, value.End + 10));
        return isDaily ? Capability.Of(value, "other", "pages/day").Drafts(context) : [];
    }

    // 1.5 万亿参数的 V9 基础模型: a size that no release carries.
    private static IEnumerable<FactDraft> Parameters(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("name");
        var isReleased = context.Sentence.Contains(["发布", "推出", "开源", "上线"], context.Sentence.Start, match.Start);
        return isReleased || context.Report.Kinds.Kind(name) != Domain.Entities.EntityKind.Model ? []
            : [Capability.Of(match.Get<QuantityValue>("value"), "parameters").Draft(context, Subjects.ToParticipant(context, name))];
    }
}
