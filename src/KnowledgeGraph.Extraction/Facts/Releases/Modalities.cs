using System.Text.Json.Nodes;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>What a model takes in or puts out, from the noun phrase that introduces it.</summary>
public static class Modalities
{
    private static readonly (string Word, string Modality)[] Words =
    [
        ("全模态", "omni"), ("多模态", "multimodal"), ("multimodal", "multimodal"), ("视频", "video"), ("video", "video"), ("图像", "image"), ("影像", "image"), ("生图", "image"), ("文生图", "image"), ("image", "image"), ("语音", "speech"),
        ("speech", "speech"), ("voice", "speech"), ("音频", "audio"), ("audio", "audio"), ("音乐", "music"), ("music", "music"), ("OCR", "ocr"), ("3D", "3d"), ("天气", "weather"), ("文本", "text"),
    ];

    public static JsonArray? In(string phrase)
    {
        var found = Words.Where(word => phrase.Contains(word.Word, StringComparison.OrdinalIgnoreCase)).Select(word => word.Modality).Distinct(StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : new JsonArray([.. found.Select(name => (JsonNode)name)]);
    }
}
