using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>Houses and investors that a text does not name, as Taiwanese and Hong Kong news speak of them: 欧系外资, 国内投顾, 法人, 大行; analysts.</summary>
public static class UnnamedHouses
{
    private static readonly string[] Origins = ["", "美系", "欧系", "日系", "亚系", "港系", "中资", "内资", "本土", "国内", "国际", "大型", "外资", "多家", "某"];

    private static readonly string[] Kinds = ["外资券商", "外资机构", "外资", "券商", "投顾", "法人", "投行", "研究机构", "大行", "卖方分析师", "分析师"];

    private static readonly string[] Alone = ["外资美系券商", "外资欧系券商", "华尔街", "Wall Street", "sell-side analysts", "analysts", "brokers"];

    private static readonly string[] All = [.. Origins.SelectMany(origin => Kinds.Select(kind => origin + kind)).Where(word => word is not "外资外资").Concat(Alone)];

    // 本投顾, 我们券商: the house that writes.
    private static bool IsOwn(Sentence sentence, int at) => at > sentence.Start && sentence.Passage.Text[at - 1] is '本' or '敝' or '我';

    /// <summary>The first of them between two positions, and where it stands.</summary>
    public static (Participant Who, Span Span)? Find(Sentence sentence, int from, int to) =>
        sentence.Find(All, from, to) is { } found && !IsOwn(sentence, found.Start) ? (Participant.Unknown(EntityKind.Publisher, sentence.Slice(found.Start, found.End)), new Span(found.Start, found.End)) : null;
}
