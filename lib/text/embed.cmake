# portal_embed(TARGET FUNCTION FILE...): FUNCTION ("portal::text::embedded_messages") gives the
# files' bytes as a span of portal::text::EmbeddedFile.
if(NOT CMAKE_SCRIPT_MODE_FILE)
    function(portal_embed TARGET FUNCTION)
        string(REPLACE "::" "_" name ${FUNCTION})
        set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
        add_custom_command(
            OUTPUT ${source}
            COMMAND ${CMAKE_COMMAND} -D FUNCTION=${FUNCTION} -D OUTPUT=${source} -D "FILES=${ARGN}"
                    -P ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
            DEPENDS ${ARGN} ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
            VERBATIM)
        target_sources(${TARGET} PRIVATE ${source})
    endfunction()
    # portal_catalogues(TARGET FUNCTION FILE.po...): the same for catalogues, made binary by msgfmt.
    function(portal_catalogues TARGET FUNCTION)
        find_program(MSGFMT msgfmt REQUIRED)
        foreach(po ${ARGN})
            get_filename_component(stem ${po} NAME_WE)
            set(mo ${CMAKE_CURRENT_BINARY_DIR}/locale/${stem}.mo)
            file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/locale)
            add_custom_command(OUTPUT ${mo} COMMAND ${MSGFMT} --check-format -o ${mo} ${po}
                               DEPENDS ${po} VERBATIM)
            list(APPEND binaries ${mo})
        endforeach()
        portal_embed(${TARGET} ${FUNCTION} ${binaries})
    endfunction()
    return()
endif()

set(bytes "")
set(rows "")
set(number 0)
foreach(file ${FILES})
    file(READ ${file} hex HEX)
    get_filename_component(name ${file} NAME)
    string(LENGTH "${hex}" length)
    math(EXPR length "${length} / 2")
    string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
    string(REGEX REPLACE "(................................................................................)"
           "\\1\n" hex "${hex}")
    string(APPEND bytes "constexpr unsigned char kFile${number}[] = {\n${hex}0};\n")
    string(APPEND rows "        {\"${name}\", view(kFile${number}, ${length})},\n")
    math(EXPR number "${number} + 1")
endforeach()
string(REGEX MATCH "^(.*)::([^:]*)$" all ${FUNCTION})
file(WRITE ${OUTPUT} "// Made by the build (embed.cmake).
#include \"text/embedded.hpp\"
namespace {
std::string_view view(const unsigned char* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}
${bytes}}  // namespace
namespace ${CMAKE_MATCH_1} {
std::span<const portal::text::EmbeddedFile> ${CMAKE_MATCH_2}();
std::span<const portal::text::EmbeddedFile> ${CMAKE_MATCH_2}() {
    static const portal::text::EmbeddedFile kFiles[] = {
${rows}    };
    return kFiles;
}
}  // namespace ${CMAKE_MATCH_1}
")
