using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>Devices under names that nobody knows, told by what they are and when they come, and the chip in them: 首款搭载该芯片的手机 vivo X500 下月上市.</summary>
public static class DeviceDueRules
{
    private static readonly string[] Devices = ["手机", "新机", "旗舰机", "平板", "笔电", "笔记本", "眼镜", "智能眼镜", "手表", "耳机", "音箱", "头显", "机型", "一体机", "学习机", "车型", "新车"];

    private static readonly string[] Chips = ["该芯片", "该晶片", "这颗芯片", "这颗晶片", "这款芯片", "这款晶片", "此芯片", "此晶片", "该处理器", "该平台", "该SoC", "该 SoC"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/release/device-due", Seq(Lit(Devices).As("noun"), Opt(Lit("是", "为", "将是", "将为", "「", "“")), Opt(Ann<Mention>("maker", m => m.Kind == EntityKind.Company)), Ann<Name>("name", name => name.Candidates.Count == 0), Gap(8, "。;,"), Lit("上市", "开卖", "开售", "发售", "登场", "亮相", "问世", "面市", "推出", "发布", "发表").As("verb")), Due),
        new("zh/lineage/device-carries", Seq(Lit("搭载", "采用", "配备", "使用"), Lit(Chips), Opt(Lit("的")), Gap(8, "。;,"), Lit(Devices), Opt(Lit("是", "为", "将是", "将为", "「", "“")), Opt(Ann<Mention>("maker", m => m.Kind == EntityKind.Company)), Ann<Name>("name", name => name.Candidates.Count == 0)), Carries),
    ];

    private static IEnumerable<FactDraft> Due(PatternMatch match, SentenceContext context)
    {
        if (match.Find<Mention>("maker") is not { } maker || !match.Get<Name>("name").Text.Any(char.IsAsciiDigit))
            return [];
        var draft = context.Draft("ProductLaunched", maker.Start, match.End, [("product", Device(context, match)), ("company", Participant.Of(maker, context.Sentence))], [("category", "device"), ("stage", "release")]);
        var due = context.Sentence.Within<DateValue>(match.Get<Name>("name").End, match.End).LastOrDefault();
        return [due is null ? draft : draft with { When = due.Date.Text, Status = draft.Status == FactStatus.Reported && due.Date.Start > context.Report.ReportDate ? FactStatus.Announced : draft.Status }];
    }

    private static IEnumerable<FactDraft> Carries(PatternMatch match, SentenceContext context)
    {
        var chip = context.AndEarlier.Take(2).SelectMany(here => here.Sentence.All<Name>().Where(name => context.Report.Kinds.Kind(name) == EntityKind.Chip && (here != context || name.End <= match.Start) && !context.IsOblique(name)).Reverse().Take(1)).FirstOrDefault();
        return chip is null ? [] : [context.Draft("LineageReported", match.Start, match.End, [("subject", Device(context, match)), ("base", new Participant(EntityKind.Chip, chip.Text, chip.Candidates))], [("relation", "runs-on")]) with { When = null }];
    }

    // vivo X500: the maker's name is part of its own.
    private static Participant Device(SentenceContext context, PatternMatch match)
    {
        var name = match.Get<Name>("name");
        return Participant.Unknown(EntityKind.Product, context.Sentence.Slice(match.Find<Mention>("maker")?.Start ?? name.Start, name.End));
    }
}
