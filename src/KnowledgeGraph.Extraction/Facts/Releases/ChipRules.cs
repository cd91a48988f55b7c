using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>Where a chip stands on its way: developed, taped out, sampled, in production, shipping, due.</summary>
public static class ChipRules
{
    private static readonly string[] Development = ["设计定案", "完成设计", "定案", "研发中", "正在研发", "研发", "开发中", "设计完成", "in development", "under development", "design win"];

    private static readonly string[] Sampling = ["点亮", "送交样品", "试产", "first silicon", "engineering samples", "taped-out", "came back from the fab", "back from the fab", "powered on", "流片", "投片", "送样", "送测", "回片", "出样", "送样中", "进入送样", "样片", "taped out", "tape-out", "tapes out", "is sampling", "sampling", "samples", "sampled", "begun sampling", "started sampling", "to sample", "will sample"];

    private static readonly string[] Production = ["进入量产", "开始量产", "实现量产", "大规模量产", "批量生产", "量产", "投产", "in full production", "in mass production", "in volume production", "into production", "in production", "into volume production", "into mass production", "ramping production", "enters production", "entered mass production", "mass production", "volume production"];

    private static readonly string[] Shipping = ["供货", "付运", "开始供货", "小批量供货", "批量供货", "开始付运", "首发交付", "in customers' hands", "deliveries", "delivering", "reached customers", "shipments began", "shipments have begun", "开始出货", "批量出货", "首批出货", "开始交付", "批量交付", "开始发货", "出货", "开始向客户交付", "陆续出货", "正式出货", "小批量出货", "启动交付", "is shipping", "started shipping", "has started shipping", "begins shipping", "begun shipping", "began shipping", "start shipping", "now shipping", "to ship", "will ship", "ships", "ship", "shipped", "first shipments", "goes on sale", "entered shipment"];

    private static readonly string[] Announced = ["将于", "due in", "is due", "is the", "will arrive", "scheduled for", "slated for", "is set for", "上市", "亮相"];

    // A chip of one's own that has no name yet.
    private static readonly Pattern OwnChip = Seq(
        Lit("开发", "研发", "设计", "打造", "自研", "启动", "推进", "推出", "developing", "designing", "building", "to develop", "to design"), Gap(4, "。；，,;"),
        Seq(Lit("自有", "自有的", "自研", "自家", "自主研发的", "定制", "定制的", "专用", "its own", "their own", "a custom", "custom", "in-house"), Opt(Lit("AI", "人工智能", "推理", "训练", "服务器")), Opt(Lit("推理", "训练", "服务器", "AI", "inference", "training", "server")), Lit("芯片", "晶片", "处理器", "chip", "chips", "processor", "ASIC")).As("chip"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("chip/stage", Seq(Ann<Name>("name", name => name.Kind is EntityKind.Chip or EntityKind.Product or null), Gap(36, "。；;"), Alt(Lit(Production).As("mass-production"), Lit(Sampling).As("sampling"), Lit(Shipping).As("shipping"), Lit(Development).As("development"))), Staged),
        new("chip/stage-of", Seq(Alt(Lit("mass production of", "volume production of", "full production of", "mass-producing", "producing", "ramping", "ramping up", "量产", "投产").As("mass-production"), Lit("sampling", "taped out", "has taped out", "tape-out of", "first silicon of", "samples of", "流片", "送样").As("sampling"), Lit("shipping", "shipped", "shipments of", "deliveries of", "delivering", "出货", "交付").As("shipping"), Lit("developing", "is developing", "development of", "研发").As("development")), Opt(Lit("了", "its", "the", "新一代", "自研的", "自研", "first", "new")), Gap(10, "。；;,，、"), Ann<Name>("name", name => name.Kind is EntityKind.Chip or null)), StageOf),
        new("chip/due", Seq(Ann<Name>("name", name => name.Kind == EntityKind.Chip), Gap(90, "。；;"), Lit(Announced).As("announced"), Opt(Lit("the")), Gap(4, "。；;，,"), Alt(Ann<DateValue>("date"), Ann<PeriodValue>("period"))), Due),
        new("chip/own", OwnChip, Own),
    ];

    private static IEnumerable<FactDraft> Staged(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("name");
        name = name.Kind is null && context.Report.Kinds.Kind(name) is EntityKind.Chip or EntityKind.Product ? name with { Kind = context.Report.Kinds.Kind(name) } : name;
        if (name.Kind is null && context.Report.Kinds.Kind(name) is null && !name.Quoted && name.Text.Length > 2 && (match.Find<Span>("sampling") is not null && name.Text.Any(char.IsAsciiDigit) || name.Text.Any(char.IsAsciiDigit) && IsOfChips(context, name)))
            name = name with { Kind = EntityKind.Chip };
        if (name.Text.Length <= 2 && name.Candidates.Count == 0)
            return [];
        if (name.Kind is null || name.Quoted && context.Report.Kinds.Kind(name) is null)
            return [];
        var stage = Stage(match);
        var between = context.Sentence.Slice(name.End, match.Get<Span>(stage).Start);
        var isOther = context.Sentence.Within<Name>(name.End, match.End).Any(other => other.Kind is EntityKind.Chip or EntityKind.Model or EntityKind.Product)
            || context.Sentence.Within<QuantityValue>(name.End, match.End).Any(q => q.Unit != "nm") || context.Sentence.Within<PercentValue>(name.End, match.End).Any()
            || new[] { "需求", "订单", "收入", "产能", "demand", "orders", "revenue", "累计", "相关", "专案", "项目", "机柜", "限制", "禁止", "许可", "恢复" }.Any(word => between.Contains(word, StringComparison.OrdinalIgnoreCase));
        // Other things than chips are not sampled; that they ship or are developed says less than that they are made.
        if (isOther || IsCounted(context, match.End) || (name.Kind == EntityKind.Product && stage != "mass-production"))
            return [];
        var when = context.Sentence.Within<PeriodValue>(name.End, match.End).Select(period => AsDate(period.Label)).LastOrDefault();
        return Draft(context, name, match.End, stage).Select(draft => draft with { When = when ?? draft.When, Status = context.Status(name.Start, match.End, isFigure: true) });
    }

    // is sampling X, volume production of X
    private static IEnumerable<FactDraft> StageOf(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var name = match.Get<Name>("name");
        var stage = Stage(match);
        var isChip = context.Report.Kinds.Kind(name) == EntityKind.Chip || (name.Kind is null && !name.Quoted && (stage == "sampling" || IsOfChips(context, name)));
        var before = sentence.Slice(match.Get<Span>(stage).End, name.Start).Trim();
        var isOther = before.Length > 0 && sentence.Within<Mention>(match.Get<Span>(stage).End, name.Start).Any(m => m.Kind == EntityKind.Company) || Counts.Any(word => before.Contains(word, StringComparison.OrdinalIgnoreCase));
        if (!isChip || isOther || Maker.Before(context, match.Start) is null && (name.Family is null || Maker.Of(context, name.Family) is null))
            return [];
        return Draft(context, name with { Kind = EntityKind.Chip }, name.End, stage, match.Start);
    }

    private static string Stage(PatternMatch match) => new[] { "mass-production", "sampling", "shipping", "development" }.First(word => match.Find<Span>(word) is not null);

    // A new name in a sentence that speaks of chips.
    private static bool IsOfChips(SentenceContext context, Name name) =>
        char.IsAsciiLetterUpper(name.Text[0]) && !name.Text.StartsWith("Fab", StringComparison.Ordinal) && (Maker.Before(context, name.Start) is { } maker && Maker.LikelyKind(context, maker.Company) == EntityKind.Chip
            || context.Sentence.Contains(["芯片", "晶片", "GPU", "处理器", "加速卡", "制程", "纳米", "奈米", "chip", "chips", "processor", "accelerator", "silicon", "wafer", "fab", "foundry", "TSMC", "台积电"], context.Sentence.Start, context.Sentence.End));

    private static readonly string[] Counts = ["量", "占比", "金额", "额", "增长", "orders", "revenue", "demand", "万", "亿"];

    // 出货量, 出货 300 万颗: a figure of the market and no stage.
    private static bool IsCounted(SentenceContext context, int end) =>
        new[] { "量", "占比", "金额", "额", "增长", "of" }.Any(word => context.Sentence.Has(word, context.Sentence.SkipSpace(end), out _))
        || context.Sentence.All<QuantityValue>().Any(q => q.Start >= end && context.Sentence.Slice(end, q.Start).Trim() is "" or "了" or "约");

    private static IEnumerable<FactDraft> Due(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("name");
        if (context.Sentence.Within<Name>(name.End, match.End).Any(other => other.Kind is EntityKind.Chip))
            return [];
        var when = match.Find<DateValue>("date")?.Date.Text ?? AsDate(match.Get<PeriodValue>("period").Label);
        return Draft(context, name, match.End, "announced").Select(draft => draft with { When = when ?? draft.When, Status = FactStatus.Announced });
    }

    // A quarter or half in a fact's date is written with a hyphen: 2026-Q3.
    private static string? AsDate(string label) =>
        label.Length == 6 && label[4] is 'Q' or 'H' ? $"{label[..4]}-{label[4..]}" : label.Length == 4 ? label : null;

    private static IEnumerable<FactDraft> Own(PatternMatch match, SentenceContext context)
    {
        var text = context.Sentence.Slice(match.Get<Span>("chip")).Replace("的", "", StringComparison.Ordinal);
        // Whoever opens the clause; a company further on is a partner or a model to follow.
        var clause = Clauses.Start(context.Sentence, match.Start);
        var first = context.Sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company && m.Start >= clause && m.End <= match.Start);
        return first is not null && new Maker(Participant.Of(first, context.Sentence), first.Start) is var maker
            ? [context.Draft("ChipAnnounced", maker.Start, match.End, [("chip", Participant.Unknown(EntityKind.Chip, text)), ("maker", maker.Company)], [("stage", "development")])]
            : [];
    }

    private static IEnumerable<FactDraft> Draft(SentenceContext context, Name name, int end, string stage, int? start = null)
    {
        var maker = name.Family is { } family ? Maker.Of(context, family) : null;
        var who = maker ?? Maker.Before(context, start ?? name.Start)?.Company ?? (start is null ? context.CarriedCompany() : null);
        var isTechnology = name.Kind == EntityKind.Product || NounEvidence.Behind(context.Sentence, name) is { Word: "方案" or "技术" } || context.Report.Kinds.Noun(name) is { Word: "方案" or "技术" };
        if (who is null)
            return [];
        var thing = new Participant(isTechnology ? EntityKind.Product : EntityKind.Chip, name.Text, name.Candidates);
        return isTechnology
            ? [context.Draft("ProductLaunched", name.Start, end, [("product", thing), ("company", who)], [("category", name.Kind == EntityKind.Product ? NounEvidence.Behind(context.Sentence, name)?.Category ?? context.Report.Kinds.Noun(name)?.Category ?? "technology" : "technology"), ("stage", stage)])]
            : [context.Draft("ChipAnnounced", start ?? name.Start, end, [("chip", thing), ("maker", who)], [("stage", stage)])];
    }
}
