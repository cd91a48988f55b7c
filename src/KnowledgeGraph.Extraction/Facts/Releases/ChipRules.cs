using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>Where a chip stands on its way: developed, taped out, sampled, in production, shipping, due.</summary>
public static class ChipRules
{
    private static readonly string[] Development = ["设计定案", "完成设计", "定案", "研发中", "正在研发", "研发", "开发中", "仍在开发", "正在开发", "正开发", "在研", "设计完成", "完成设计定稿", "设计已完成", "设计已定案", "设计定稿", "is in design", "still in design", "lab silicon", "in development", "under development", "design win"];

    private static readonly string[] Sampling = ["点亮", "送交样品", "试产", "first silicon", "engineering samples", "taped-out", "came back from the fab", "back from the fab", "is back from", "came back from", "back in the lab", "powered on", "流片", "投片", "送样", "送测", "回片", "出样", "送样中", "进入送样", "样片", "taped out", "tape-out", "tapes out", "送出样品", "提供样品", "工程样品", "交付样品", "is sampling", "has sampled", "sampling", "samples go out", "samples went out", "went out as samples", "gone out as samples", "go out as samples", "went to customers as samples", "shipped as samples", "is with customers for testing", "with customers for qualification", "out for sampling", "available as samples", "samples handed to", "samples", "sampled", "begun sampling", "started sampling", "to sample", "will sample"];

    private static readonly string[] Production = ["进入量产", "开始量产", "实现量产", "大规模量产", "批量生产", "量产", "投产", "in full production", "in mass production", "in volume production", "into production", "in production", "into volume production", "into mass production", "ramping production", "enters production", "enters volume production", "entered volume production", "entered production", "go into production", "goes into production", "went into production", "entered mass production", "mass-produced", "mass produced", "be mass-produced", "mass production", "volume production"];

    private static readonly string[] Shipping = ["供货", "付运", "开始供货", "小批量供货", "批量供货", "开始付运", "首发交付", "in customers' hands", "left for customers", "went out to customers", "go out to customers", "handed to customers", "has been shipping", "have been shipping", "been shipping", "is now shipping", "are shipping", "开始对外供货", "对外供货", "已供货", "deliveries", "delivering", "reached customers", "shipments began", "shipments have begun", "开始出货", "批量出货", "首批出货", "开始交付", "批量交付", "开始发货", "出货", "开始向客户交付", "陆续出货", "正式出货", "小批量出货", "启动交付", "is shipping", "started shipping", "has started shipping", "begins shipping", "begun shipping", "began shipping", "start shipping", "now shipping", "to ship", "will ship", "ships", "ship", "shipped", "first shipments", "goes on sale", "entered shipment"];

    private static readonly string[] Announced = ["将于", "due in", "is due", "is the", "will arrive", "scheduled for", "slated for", "is set for", "上市", "亮相"];

    private static readonly string[] Moved = ["推迟", "延后", "延期", "跳票", "时程", "时间", "时点", "递延", "受阻", "困难", "delayed", "slipped", "slips", "pushed", "late", "postponed", "previously promised", "previously planned", "previously due", "originally promised", "originally planned", "originally due", "now planned for", "now due", "now expected"];

    private static readonly string[] Lead =
    [
        "预计", "计划", "目前", "已经", "已", "将于", "将在", "将", "拟", "有望", "可望", "最快", "最早", "于", "自", "从", "起", "开始", "进入", "实现", "正式", "该芯片", "该卡", "该产品", "该款芯片", "这款芯片", "新芯片", "芯片", "晶片", "产品", "其", "并", "现已", "首批", "小批量", "大批量", "小量", "大规模", "规模", "批量", "陆续", "成功", "完成", "一次性", "下半年", "上半年", "年内", "年底", "年初", "向客户", "给客户", "对客户", "率先", "全面", "后续", "随后", "正", "在", "即将", "目标", "定于",
        "engineering", "it", "the chip", "the part", "which", "is", "will", "be", "has", "have", "and", "with", "first", "to", "due", "expected", "in", "already", "now", "should", "are", "both", "of the part",
    ];

    // A chip of one's own that has no name yet.
    private static readonly Pattern OwnChip = Seq(
        Lit("开发", "研发", "设计", "打造", "自研", "启动", "推进", "推出", "developing", "designing", "building", "to develop", "to design"), Gap(4, "。；，,;"),
        Seq(Lit("自有", "自有的", "自研", "自家", "自主研发的", "定制", "定制的", "专用", "its own", "their own", "a custom", "custom", "in-house"), Opt(Lit("AI", "人工智能", "推理", "训练", "服务器")), Opt(Lit("推理", "训练", "服务器", "AI", "inference", "training", "server")), Lit("芯片", "晶片", "处理器", "chip", "chips", "processor", "ASIC")).As("chip"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("chip/stage", Seq(Ann<Name>("name", name => name.Kind is EntityKind.Chip or EntityKind.Product or null), Gap(36, "。；;"), Alt(Lit(Production).As("mass-production"), Lit(Sampling).As("sampling"), Lit(Shipping).As("shipping"), Lit(Development).As("development"))), Staged),
        new("chip/stage-of", Seq(Alt(Lit("mass production of", "volume production of", "full production of", "mass-producing", "producing", "ramping", "ramping up", "量产", "投产").As("mass-production"), Lit("sampling", "taped out", "has taped out", "tape-out of", "first silicon of", "samples of", "流片", "送样", "客户端测试", "客户测试", "送测").As("sampling"), Lit("shipping", "shipped", "shipments of", "deliveries of", "delivering", "出货", "交付").As("shipping"), Lit("developing", "is developing", "development of", "研发").As("development")), Opt(Lit("了", "its", "the", "新一代", "自研的", "自研", "first", "new")), Gap(10, "。；;,，、"), Ann<Name>("name", name => name.Kind is EntityKind.Chip or null)), StageOf),
        new("zh/chip/samples-of", Seq(Lit("送出", "提供", "交付", "送交", "寄出", "寄送", "交出", "供应", "推出", "出货").As("verb"), Gap(6, "。；;,，、"), Ann<Name>("name", name => name.Kind is EntityKind.Chip or null), Gap(4, "。；;,，、"), Lit("样品", "样片", "样本", "工程样品", "测试样品").As("sampling")), SamplesOf),
        new("zh/chip/samples-sent", Seq(Ann<Name>("name", name => name.Kind is EntityKind.Chip or null), Opt(Lit("的")), Opt(Lit("12 层", "16 层", "首批", "工程", "测试")), Lit("样品", "样片", "样本", "工程样品", "测试样品", "样卡").As("sampling"), Gap(14, "。；;,，、"), Lit("交付", "送交", "送抵", "送达", "送往", "交给", "寄往", "寄给", "送到", "送给", "提交", "出货给", "供给", "发往", "抵达")), SamplesOf),
        new("chip/goes-on", Alt(Lit(Production).As("mass-production"), Lit(Sampling).As("sampling"), Lit(Shipping).As("shipping")), GoesOn),
        new("chip/due", Seq(Ann<Name>("name", name => name.Kind == EntityKind.Chip), Gap(90, "。；;"), Lit(Announced).As("announced"), Opt(Lit("the")), Gap(4, "。；;，,"), Alt(Ann<DateValue>("date"), Ann<PeriodValue>("period"))), Due),
        new("zh/chip/due-on", Seq(Ann<Name>("name", name => name.Kind == EntityKind.Chip), Gap(24, "。；;"), Alt(Ann<DateValue>("date"), Ann<PeriodValue>("period")), Gap(6, "。；;,，"), Lit("上市", "面世", "问世", "推出", "登场", "发布").As("announced")), DueOn),
        new("chip/own", OwnChip, Own),
    ];

    private static IEnumerable<FactDraft> Staged(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("name");
        name = name.Kind is null && context.Report.Kinds.Kind(name) is EntityKind.Chip or EntityKind.Product ? name with { Kind = context.Report.Kinds.Kind(name) } : name;
        if (name.Kind is null && context.Report.Kinds.Kind(name) is null && !name.Quoted && name.Text.Length > 2 && (match.Find<Span>("sampling") is not null && name.Text.Any(char.IsAsciiDigit) || name.Text.Any(char.IsAsciiDigit) && IsOfChips(context, name)))
            name = name with { Kind = EntityKind.Chip };
        // d-Matrix: Corsair is shipping: what a house that makes only chips says so of.
        if (name is { Kind: null, Quoted: false, Text.Length: > 3 } && context.Report.Kinds.Kind(name) is null && char.IsAsciiLetterUpper(name.Text[0]) && IsSaid(context.Sentence, name) && Maker.Before(context, name.Start) is { Company.Candidates: [var house, ..] } && context.Report.Vocabulary.MakesChipsOnly(house))
            name = name with { Kind = EntityKind.Chip };
        if (name.Text.Length <= 2 && name.Candidates.Count == 0)
            return [];
        if (name.Kind is null || name.Quoted && context.Report.Kinds.Kind(name) is null)
            return [];
        var stage = Stage(match);
        var between = context.Sentence.Slice(name.End, match.Get<Span>(stage).Start);
        var isOther = context.Sentence.Within<Name>(name.End, match.End).Any(other => other.Kind is EntityKind.Chip or EntityKind.Model or EntityKind.Product)
            || HasFigure(context, Math.Max(name.End, Clauses.Start(context.Sentence, match.Get<Span>(stage).Start)), match.End)
            || new[] { "需求", "订单", "收入", "产能", "demand", "orders", "revenue", "累计", "相关", "专案", "项目", "限制", "禁止", "许可", "恢复" }.Any(word => between.Contains(word, StringComparison.OrdinalIgnoreCase));
        // Other things than chips are not sampled; that they ship or are developed says less than that they are made.
        // HBM4 长期供货协议: what is signed ships nothing yet.
        isOther |= context.Sentence.Contains(["协议", "合同", "合约", "长约", "订单", "框架"], match.End, Math.Min(context.Sentence.End, match.End + 3));
        if (isOther || IsCounted(context, match.End) || IsMoved(context.Sentence, name, match.Get<Span>(stage)) || (name.Kind == EntityKind.Product && stage != "mass-production"))
            return [];
        var when = context.Sentence.Within<PeriodValue>(name.End, match.End).Select(period => AsDate(period.Label)).LastOrDefault();
        var status = context.Status(name.Start, match.End, isFigure: true);
        // The K3 samples in the fourth quarter: in the present tense a quarter without its year is one to come.
        if (context.Sentence.Slice(match.Get<Span>(stage)) is "samples" or "ships" or "tapes out" && context.Sentence.All<PeriodValue>().FirstOrDefault(p => p.Start >= match.End && p.Start - match.End <= 8) is { IsYearImplied: true, Label.Length: 6 } ahead && context.Report.ReportDate is { } today)
            (when, status) = (AsDate((ahead.LastDay < today ? (today.Year + (int.Parse(ahead.Label[..4], System.Globalization.CultureInfo.InvariantCulture) < today.Year ? 0 : 1)).ToString(System.Globalization.CultureInfo.InvariantCulture) : ahead.Label[..4]) + ahead.Label[4..]), FactStatus.Announced);
        return Draft(context, name, match.End, stage).Select(draft => draft with { When = when ?? draft.When, Status = status });
    }

    // Corsair is …, Raptor (3D-stacked DRAM) will …
    private static bool IsSaid(Sentence sentence, Name name)
    {
        var at = sentence.SkipSpace(name.End);
        if (at < sentence.End && sentence.Passage.Text[at] == '(' && sentence.Passage.Text.IndexOf(')', at, sentence.End - at) is > 0 and var close)
            at = sentence.SkipSpace(close + 1);
        return new[] { "is", "will", "has", "was", "went", "entered", "began", "goes", "should" }.Any(word => sentence.Has(word, at, out _));
    }

    // A figure of the clause counts goods or capacity; how many customers got samples does not.
    private static bool HasFigure(SentenceContext context, int from, int to) =>
        context.Sentence.Within<QuantityValue>(from, to).Any(q => q.Unit != "nm" && !context.Sentence.Contains(["客户", "厂商", "伙伴", "customers"], q.Start, Math.Min(context.Sentence.End, q.End + 3))) || context.Sentence.Within<PercentValue>(from, to).Any();

    // 流片时间推迟, 影响 X 送样, 研发主管: a date moved, what may suffer, a part of somebody's title.
    private static bool IsMoved(Sentence sentence, Name name, Span stage) =>
        IsMeasure(sentence, name) || sentence.Contains(Moved, stage.End, Math.Min(Clauses.End(sentence, stage.End), stage.End + 14)) || sentence.Contains(["影响", "拖累", "冲击", "波及"], Math.Max(sentence.Start, name.Start - 8), name.Start)
        || (stage.End < sentence.End && sentence.Slice(stage).EndsWith("发", StringComparison.Ordinal) && "长部中主人团费投支总成资院副经者商".Contains(sentence.Passage.Text[stage.End], StringComparison.Ordinal));

    // X 的 2.4 倍: what another is measured by.
    private static bool IsMeasure(Sentence sentence, Name name) => sentence.Has("的", sentence.SkipSpace(name.End), out var of) && sentence.Annotations.Any(a => a is MultipleValue or PercentValue && a.Start >= of && a.Start <= of + 2);

    // 已向 B 送出 X 样品
    private static IEnumerable<FactDraft> SamplesOf(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("name");
        var isChip = context.Report.Kinds.Kind(name) == EntityKind.Chip || (name.Kind is null && !name.Quoted && name.Text.Any(char.IsAsciiDigit) && IsOfChips(context, name));
        var addressed = context.Sentence.Find(["向", "给", "对"], Clauses.Start(context.Sentence, match.Start), match.Start);
        return isChip ? Draft(context, name with { Kind = EntityKind.Chip }, match.End, "sampling", addressed?.Start ?? match.Start) : [];
    }

    // …, 8 月起已小批量出货: a clause that names nothing goes on about the chip that the sentence, or the one before, began with.
    private static IEnumerable<FactDraft> GoesOn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var stage = match.Get<Span>(Stage(match));
        var clause = Clauses.Start(sentence, stage.Start);
        var end = Clauses.End(sentence, stage.End);
        var isBare = !sentence.Within<Name>(clause, end).Any(name => name.Kind is not null || name.Text.Any(char.IsAsciiDigit)) && !sentence.Within<Mention>(clause, end).Any(m => m.Kind is EntityKind.Company or "metric" or "sector" && (m.End <= stage.Start || m.Start >= stage.End)) && !HasFigure(context, clause, end);
        if (!isBare || stage.Start - clause > 24 || !OpensWithTime(sentence, clause, stage.Start) || IsCounted(context, stage.End) || sentence.Contains(Moved, clause, end) || ToldChip(context, clause) is not ({ } here, { } chip))
            return [];
        var when = sentence.Within<PeriodValue>(clause, end).Select(period => AsDate(period.Label)).LastOrDefault(label => label is not null);
        return Draft(here, chip, chip.End, Stage(match)).Select(draft => Told(context, draft, clause, stage, when));
    }

    private static FactDraft Told(SentenceContext context, FactDraft draft, int clause, Span stage, string? when)
    {
        var own = context.Event(draft.Type, clause, stage.End, [], []);
        return draft with { When = when ?? own.When, Status = context.Status(clause, stage.End, isFigure: true), Attribution = own.Attribution, Start = own.Start, End = own.End };
    }

    // The one chip of the clauses before, or of the sentence before where this one opens with the clause.
    private static (SentenceContext Here, Name Chip)? ToldChip(SentenceContext context, int clause)
    {
        var here = clause > context.Sentence.Start + 1 ? context : context.Previous;
        if (here is null)
            return null;
        var end = here == context ? clause : here.Sentence.End;
        var chips = here.Sentence.All<Name>().Where(name => name.End <= end && context.Report.Kinds.Kind(name) == EntityKind.Chip && !Subjects.IsOblique(here, name)).ToList();
        return chips.Count > 0 && chips.TrueForAll(chip => chip.Text == chips[0].Text) ? (here, chips[0] with { Kind = EntityKind.Chip }) : null;
    }

    // 计划明年二季度量产, samples go out in …: nothing but words of time and plan before the word.
    private static bool OpensWithTime(Sentence sentence, int clause, int stage)
    {
        var text = sentence.Slice(clause, stage);
        foreach (var value in sentence.Annotations.Where(a => a is DateValue or PeriodValue && a.Start >= clause && a.End <= stage).OrderByDescending(a => a.Start).DistinctBy(a => a.Start))
            text = value.End - clause <= text.Length ? text.Remove(value.Start - clause, value.Length) : text;
        foreach (var word in Lead)
            text = text.Replace(word, "", StringComparison.OrdinalIgnoreCase);
        return !text.Any(char.IsLetter);
    }

    // is sampling X, volume production of X
    private static IEnumerable<FactDraft> StageOf(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var name = match.Get<Name>("name");
        var stage = Stage(match);
        var isChip = context.Report.Kinds.Kind(name) == EntityKind.Chip || (name.Kind is null && !name.Quoted && (stage == "sampling" || IsOfChips(context, name)));
        var before = sentence.Slice(match.Get<Span>(stage).End, name.Start).Trim();
        // Shipments of the MI500, previously promised for 4Q26, are now planned…: a date moved.
        if (sentence.Contains(["previously promised", "previously planned", "previously due", "originally planned", "originally due", "are now planned", "is now planned", "are now due", "is now due", "are now expected", "is now expected"], name.End, Math.Min(sentence.End, name.End + 70)))
            return [];
        var isOther = before.EndsWith("with", StringComparison.OrdinalIgnoreCase) || before.Length > 0 && sentence.Within<Mention>(match.Get<Span>(stage).End, name.Start).Any(m => m.Kind == EntityKind.Company) || Counts.Any(word => before.Contains(word, StringComparison.OrdinalIgnoreCase));
        // Shipments of a thing that run late or fell: that they began is what would be told.
        var isNoun = match.Find<Span>("shipping") is { } shipped && sentence.Slice(shipped).EndsWith(" of", StringComparison.OrdinalIgnoreCase) && !sentence.Contains(["began", "begin", "begins", "begun", "start", "started", "starts", "first", "commenced", "under way", "underway", "resumed"], sentence.Start, sentence.End);
        // 2024 年底量产的 X: of the house that the text goes on about.
        var isRelative = before.StartsWith('的');
        if (!isChip || isOther || isNoun || !isRelative && Maker.Before(context, match.Start) is null && (name.Family is null || Maker.Of(context, name.Family) is null))
            return [];
        return Draft(context, name with { Kind = EntityKind.Chip }, name.End, stage, isRelative && Maker.Before(context, match.Start) is null ? null : match.Start);
    }

    private static string Stage(PatternMatch match) => new[] { "mass-production", "sampling", "shipping", "development" }.First(word => match.Find<Span>(word) is not null);

    // A new name in a sentence that speaks of chips.
    private static bool IsOfChips(SentenceContext context, Name name) =>
        char.IsAsciiLetterUpper(name.Text[0]) && !name.Text.StartsWith("Fab", StringComparison.Ordinal) && (Maker.Before(context, name.Start) is { } maker && Maker.LikelyKind(context, maker.Company) == EntityKind.Chip
            || context.Sentence.Contains(["芯片", "晶片", "GPU", "处理器", "加速卡", "制程", "纳米", "奈米", "chip", "chips", "processor", "accelerator", "silicon", "wafer", "fab", "foundry", "TSMC", "台积电"], context.Sentence.Start, context.Sentence.End));

    private static readonly string[] Counts = ["量", "占比", "金额", "额", "增长", "orders", "revenue", "demand", "万", "亿"];

    // 出货量, 出货 300 万颗: a figure of the market and no stage.
    private static bool IsCounted(SentenceContext context, int end) =>
        new[] { "量", "价", "占比", "金额", "额", "增长", "of" }.Any(word => context.Sentence.Has(word, context.Sentence.SkipSpace(end), out _))
        || context.Sentence.All<QuantityValue>().Any(q => q.Start >= end && context.Sentence.Slice(end, q.Start).Trim() is "" or "了" or "约");

    private static IEnumerable<FactDraft> Due(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("name");
        if (context.Sentence.Within<Name>(name.End, match.End).Any(other => other.Kind is EntityKind.Chip))
            return [];
        var when = match.Find<DateValue>("date")?.Date.Text ?? AsDate(match.Get<PeriodValue>("period").Label);
        return Draft(context, name, match.End, "announced").Select(draft => draft with { When = when ?? draft.When, Status = FactStatus.Announced });
    }

    // 预计 2027 年初上市: what has been is no plan.
    private static IEnumerable<FactDraft> DueOn(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("name");
        var isPlanned = context.Sentence.Contains(["预计", "计划", "将", "拟", "有望", "最快", "排在", "定于", "路线图"], Clauses.Start(context.Sentence, name.Start), match.End);
        return isPlanned && !IsMoved(context.Sentence, name, match.Get<Span>("announced")) ? Due(match, context) : [];
    }

    // A quarter or half in a fact's date is written with a hyphen: 2026-Q3.
    internal static string? AsDate(string label) =>
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
        // Its second chip, the Kestrel K3: of whom the item is on.
        if (maker is null && context.Topic.Company is { } topic && context.Sentence.Find(["its"], Math.Max(context.Sentence.Start, name.Start - 36), name.Start) is not null && !context.Sentence.Within<Mention>(context.Sentence.Start, name.Start).Any(m => m.Kind == EntityKind.Company))
            maker = topic;
        var who = maker ?? Maker.Before(context, start ?? name.Start)?.Company ?? (start is null ? PartyNames.In(context, Clauses.Start(context.Sentence, name.Start), name.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who ?? context.CarriedCompany() : null);
        var isTechnology = name.Kind == EntityKind.Product || NounEvidence.Behind(context.Sentence, name) is { Word: "方案" or "技术" } || context.Report.Kinds.Noun(name) is { Word: "方案" or "技术" };
        if (who is null)
            return [];
        var thing = new Participant(isTechnology ? EntityKind.Product : EntityKind.Chip, name.Text, name.Candidates);
        return isTechnology
            ? [context.Draft("ProductLaunched", name.Start, end, [("product", thing), ("company", who)], [("category", name.Kind == EntityKind.Product ? NounEvidence.Behind(context.Sentence, name)?.Category ?? context.Report.Kinds.Noun(name)?.Category ?? "technology" : "technology"), ("stage", stage)])]
            : [context.Event("ChipAnnounced", start ?? name.Start, end, [("chip", thing), ("maker", who)], [("stage", stage)])];
    }
}
